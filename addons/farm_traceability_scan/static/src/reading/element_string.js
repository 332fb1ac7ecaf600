import {hasCheckDigit} from "./check_digit";
import {identifierAt} from "./identifiers";

/** The separator (FNC1) as scanners send it. */
export const GS = "\x1d";

const BRACKET = /\((\d{2,4})\)((?:\\\(|[^(])*)/y;

/**
 * The elements of an element string, in their order.
 *
 * @param {string} text identifiers and values; separators between them
 * @returns {[Object, string][]|null} identifiers with their values; null if something is
 *  wrong or not ours to read
 */
export function readElements(text) {
    const elements = [];
    let rest = text.replace(/^\x1d/, "");
    while (rest) {
        const identifier = identifierAt(rest);
        if (!identifier) {
            return null;
        }
        const [value, end] = takeValue(identifier, rest);
        if (!isValue(identifier, value)) {
            return null;
        }
        elements.push([identifier, value]);
        rest = rest.slice(end).replace(/^\x1d/, "");
    }
    return elements.length ? elements : null;
}

/** The elements of a text such as `(01)…(10)…`, or null, see `readElements`. */
export function readBracketed(text) {
    const elements = [];
    BRACKET.lastIndex = 0;
    while (BRACKET.lastIndex < text.length) {
        const found = BRACKET.exec(text);
        const identifier = found && identifierAt(found[1]);
        const value = found && found[2].replaceAll("\\(", "(");
        if (
            !identifier ||
            identifier.code !== found[1] ||
            !isValue(identifier, value)
        ) {
            return null;
        }
        elements.push([identifier, value]);
    }
    return elements;
}

function takeValue({code, length}, text) {
    const separator = text.indexOf(GS, code.length);
    const limit = separator < 0 ? text.length : separator;
    const end = length ? Math.min(limit, code.length + length) : limit;
    return [text.slice(code.length, end), end];
}

/** @returns {boolean} whether an identifier may have this value */
export function isValue({length, most, name, hasCheckDigit: isChecked}, value) {
    if (length) {
        const isWhole = value.length === length && /^\d+$/.test(value);
        return isWhole && (!isChecked || hasCheckDigit(value));
    }
    const isText = value.length > 0 && value.length <= most;
    return isText && (name !== "count" || /^\d+$/.test(value));
}
