import {asGtin14, hasCheckDigit} from "./check_digit";
import {LINK, readLink} from "./digital_link";
import {GS, readBracketed, readElements} from "./element_string";

/**
 * What a scan looks like, before anybody asks what it means here.
 *
 * @typedef {Object} Look
 * @property {"gs1"|"link"|"text"|"unread"} kind `unread`: only the server can tell
 * @property {string} text without symbology identifier and spaces around it
 * @property {Object} keys `sscc`, `gtin`, `content`, `lot`, `serial`, `gln`
 * @property {Object} dates `made`, `packed`, `bestBefore`, `expiry`, as YYYY-MM-DD
 * @property {number|null} count pieces
 * @property {number|null} weight net, in kg
 */

/** Nothing that is scanned is longer: a QR code holds up to 4,296 characters. */
export const LONGEST = 4300;

const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/;
const GS1_SYMBOLOGIES = new Set(["]C1", "]e0", "]d2", "]d8", "]Q3", "]J1"]);
const ELEMENTS = /^0[0-3]\d{14}/;
const GTIN = /^(\d{8}|\d{12,14})$/;
const SERVERS_OWN = /^urn:epc:/i;

/**
 * What a scan looks like; never throws, whatever is in it.
 *
 * @param {string} data as the scanner sent it, or as it was typed
 * @returns {Look}
 */
export function lookAt(data) {
    const whole = String(data).slice(0, LONGEST).replaceAll("\0", "").trim();
    const symbology = SYMBOLOGY.exec(whole)?.[0];
    const text = symbology ? whole.slice(symbology.length).trim() : whole;
    if (SERVERS_OWN.test(text)) {
        return look("unread", text);
    }
    if (GS1_SYMBOLOGIES.has(symbology) || text.includes(GS)) {
        return ofElements("gs1", text, readElements(text)) ?? look("unread", text);
    }
    if (LINK.test(text)) {
        return ofElements("link", text, readLink(text)) ?? look("unread", text);
    }
    if (/^\(\d/.test(text)) {
        return ofElements("gs1", text, readBracketed(text)) ?? look("unread", text);
    }
    return ofDigits(text) ?? look("text", text);
}

/** Digits alone can be anything: elements when all is right, else text. */
function ofDigits(text) {
    if (GTIN.test(text) && hasCheckDigit(text)) {
        return look("gs1", text, {keys: {gtin: asGtin14(text)}});
    }
    return ELEMENTS.test(text) ? ofElements("gs1", text, readElements(text)) : null;
}

function look(kind, text, more = {}) {
    return {kind, text, keys: {}, dates: {}, count: null, weight: null, ...more};
}

function ofElements(kind, text, elements) {
    if (!elements) {
        return null;
    }
    const found = look(kind, text);
    for (const [identifier, value] of elements) {
        put(found, identifier, value);
    }
    return found;
}

function put(found, {code, name, isKey, isDate}, value) {
    if (isKey) {
        found.keys[name] = value;
    } else if (isDate) {
        found.dates[name] = dayOf(value);
    } else if (name === "count") {
        found.count = Number(value);
    } else {
        found.weight = Number(value) / 10 ** Number(code[3]);
    }
}

/**
 * The day of YYMMDD: day 00 is the last of its month, and the year is the one that is
 * nearest to today.
 */
export function dayOf(value, thisYear = new Date().getFullYear()) {
    const [short, month, day] = [0, 2, 4].map((at) => Number(value.slice(at, at + 2)));
    const century = Math.floor(thisYear / 100) * 100;
    let year = century + short;
    if (year - thisYear > 50) {
        year -= 100;
    } else if (year - thisYear < -49) {
        year += 100;
    }
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const parts = [String(year), String(month), String(day || last)];
    return parts.map((part, at) => part.padStart(at ? 2 : 4, "0")).join("-");
}
