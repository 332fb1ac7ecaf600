import {user} from "@web/core/user";

const DAY = {day: "numeric", month: "short", timeZone: "UTC"};

/** Formats of the user's language: making one takes longer than using it often. */
const formats = {
    quantity: once(() => new Intl.NumberFormat(user.lang, {maximumFractionDigits: 3})),
    decimal: once(() => new Intl.NumberFormat(user.lang)),
    day: once(() => new Intl.DateTimeFormat(user.lang, {...DAY, year: "numeric"})),
    nearDay: once(() => new Intl.DateTimeFormat(user.lang, DAY)),
    time: once(
        () => new Intl.DateTimeFormat(user.lang, {hour: "2-digit", minute: "2-digit"})
    ),
};

function once(make) {
    let made = null;
    return () => (made ??= make());
}

/** A quantity as people write it, without zeros that say nothing. */
export function quantityText(quantity) {
    return formats.quantity().format(quantity);
}

export function decimalPoint() {
    return formats.decimal().format(1.5).charAt(1);
}

export function dayText(day) {
    return day ? formats.day().format(startOf(day)) : "";
}

/** Of what is near: nobody asks for its year. */
export function nearDayText(day) {
    return day ? formats.nearDay().format(startOf(day)) : "";
}

function startOf(day) {
    return new Date(`${day.slice(0, 10)}T00:00:00Z`);
}

/** The time of day of a moment, in ms since 1970, where the person is. */
export function timeText(moment) {
    return formats.time().format(new Date(moment));
}
