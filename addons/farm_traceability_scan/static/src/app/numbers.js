import {user} from "@web/core/user";

/** A quantity as people write it, without zeros that say nothing. */
export function quantityText(quantity) {
    const format = new Intl.NumberFormat(user.lang, {maximumFractionDigits: 3});
    return format.format(quantity);
}

export function decimalPoint() {
    return new Intl.NumberFormat(user.lang).format(1.5).charAt(1);
}

const DAY = {day: "numeric", month: "short", timeZone: "UTC"};

export function dayText(day) {
    return dateText(day, {...DAY, year: "numeric"});
}

/** Of what is near: nobody asks for its year. */
export function nearDayText(day) {
    return dateText(day, DAY);
}

function dateText(day, options) {
    const format = new Intl.DateTimeFormat(user.lang, options);
    return day ? format.format(new Date(`${day.slice(0, 10)}T00:00:00Z`)) : "";
}

/** The time of day of a moment, in ms since 1970, where the person is. */
export function timeText(moment) {
    const format = new Intl.DateTimeFormat(user.lang, {
        hour: "2-digit",
        minute: "2-digit",
    });
    return format.format(new Date(moment));
}
