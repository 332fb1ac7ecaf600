import {serializeDate} from "@web/core/l10n/dates";

/**
 * What stands in the fields of a form, as the server takes it: records as ids, dates as
 * in 2026-06-15, nothing as false.
 *
 * @param {Object} data of a record of the form
 * @returns {Object}
 */
export function asked(data) {
    const values = {};
    for (const [name, value] of Object.entries(data)) {
        values[name] = plain(value);
    }
    return values;
}

function plain(value) {
    if (value?.currentIds) {
        return [...value.currentIds];
    }
    if (value?.isLuxonDateTime) {
        return serializeDate(value);
    }
    if (value && typeof value === "object") {
        return value.id;
    }
    return value ?? false;
}
