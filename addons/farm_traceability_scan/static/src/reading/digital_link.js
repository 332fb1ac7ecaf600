import {asGtin14} from "./check_digit";
import {isValue} from "./element_string";
import {IDENTIFIERS, identifierAt} from "./identifiers";

export const LINK = /^https?:\/\//i;
const PRIMARY = new Set(["00", "01", "414"]);

/**
 * The elements of a GS1 Digital Link, `stem/key/value[/qualifier/value…][?…]`.
 *
 * @param {string} text a web address
 * @returns {[Object, string][]|null} see `readElements`
 */
export function readLink(text) {
    let url = null;
    try {
        url = new URL(text);
    } catch {
        return null;
    }
    const parts = url.pathname.split("/").slice(1);
    const start = lastPrimary(parts);
    if (start < 0) {
        return null;
    }
    const pairs = [];
    for (let at = start; at + 1 < parts.length; at += 2) {
        pairs.push([parts[at], unescaped(parts[at + 1])]);
    }
    pairs.push(...url.searchParams);
    return elementsOf(pairs);
}

function lastPrimary(parts) {
    return parts.findLastIndex(
        (part, at) => PRIMARY.has(part) && /^\d{8,18}$/.test(parts[at + 1] ?? "")
    );
}

function unescaped(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

function elementsOf(pairs) {
    const elements = [];
    for (const [code, value] of pairs) {
        const identifier = identifierAt(code);
        if (!identifier || identifier.code !== code) {
            // An attribute of the web, or one that the server knows.
            if (/^\d{2,4}$/.test(code)) {
                return null;
            }
            continue;
        }
        const whole = code === "01" ? asGtin14(value) : value;
        if (!isValue(identifier, whole)) {
            return null;
        }
        elements.push([identifier, whole]);
    }
    return elements.some(([{code}]) => IDENTIFIERS[code]?.isKey) ? elements : null;
}
