/**
 * Application identifiers of GS1 that a device understands by itself. What a symbol
 * holds beyond them, the server reads.
 *
 * - `length`: digits of a value whose length is fixed
 * - `most`: characters of a value that ends at a separator
 * - `name`: what it is called in a look, see `look.js`
 */
export const IDENTIFIERS = {
    "00": {length: 18, name: "sscc", isKey: true, hasCheckDigit: true},
    "01": {length: 14, name: "gtin", isKey: true, hasCheckDigit: true},
    "02": {length: 14, name: "content", isKey: true, hasCheckDigit: true},
    10: {most: 20, name: "lot", isKey: true},
    11: {length: 6, name: "made", isDate: true},
    13: {length: 6, name: "packed", isDate: true},
    15: {length: 6, name: "bestBefore", isDate: true},
    17: {length: 6, name: "expiry", isDate: true},
    21: {most: 20, name: "serial", isKey: true},
    30: {most: 8, name: "count"},
    37: {most: 8, name: "count"},
    414: {length: 13, name: "gln", isKey: true, hasCheckDigit: true},
};

const WEIGHT = /^310[0-5]/;

/**
 * @param {string} text that starts with an identifier
 * @returns {Object|null} the identifier with its `code`; null if it is none of ours
 */
export function identifierAt(text) {
    if (WEIGHT.test(text)) {
        return {code: text.slice(0, 4), length: 6, name: "weight"};
    }
    for (const size of [2, 3]) {
        const code = text.slice(0, size);
        if (code.length === size && code in IDENTIFIERS) {
            return {code, ...IDENTIFIERS[code]};
        }
    }
    return null;
}
