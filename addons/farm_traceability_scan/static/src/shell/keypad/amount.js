/**
 * A quantity as it is typed, key by key.
 *
 * @param {string} text so far
 * @param {string} key a digit, `.`, or `erase`
 * @returns {string} with a point, whatever people write
 */
export function withKey(text, key) {
    if (key === "erase") {
        return text.slice(0, -1);
    }
    if (key === ".") {
        return text.includes(".") ? text : `${text || "0"}.`;
    }
    const whole = text === "0" ? key : text + key;
    const [, decimals = ""] = whole.split(".");
    return whole.length > 9 || decimals.length > 3 ? text : whole;
}

/** @returns {number|null} above nothing */
export function amountOf(text) {
    const amount = Number(text);
    return text && Number.isFinite(amount) && amount > 0 ? amount : null;
}
