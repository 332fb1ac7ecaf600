/**
 * Whether the last digit of a GTIN, SSCC or GLN is right.
 *
 * @param {string} digits
 * @returns {boolean}
 */
export function hasCheckDigit(digits) {
    if (!/^\d{8,18}$/.test(digits)) {
        return false;
    }
    const sum = [...digits]
        .reverse()
        .reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
    return sum % 10 === 0;
}

/** A GTIN of 8, 12, 13 or 14 digits as one of 14, by which they are compared. */
export function asGtin14(digits) {
    return digits.padStart(14, "0");
}
