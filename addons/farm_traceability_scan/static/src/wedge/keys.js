import {GS} from "../reading/element_string";

/**
 * What a key of a keyboard-type scanner says.
 *
 * @typedef {Object} Key
 * @property {"char"|"end"|"ime"|"alt_digit"|"other"} type `end`: a suffix; `ime`: the
 *  character comes by an input event; `alt_digit`: of a code typed with Alt held;
 *  `other`: not a scanner's, the browser's own business
 * @property {string} [text] of a char or a digit
 * @property {boolean} [isEnd] of an `ime` key that is Enter or Tab as well
 */

const ENDS = new Set(["Enter", "NumpadEnter", "Tab"]);
const IME_KEY_CODE = 229;

/**
 * @param {KeyboardEvent} ev of a key that goes down
 * @returns {Key}
 */
export function readKey(ev) {
    if (ev.isComposing || ev.key === "Process" || ev.keyCode === IME_KEY_CODE) {
        return {type: "ime", isEnd: ENDS.has(ev.code)};
    }
    if (ENDS.has(ev.key) && !ev.ctrlKey && !ev.altKey && !ev.shiftKey) {
        return {type: "end"};
    }
    if (isSeparator(ev)) {
        return {type: "char", text: GS};
    }
    if (ev.altKey && /^Numpad\d$/.test(ev.code)) {
        return {type: "alt_digit", text: ev.code.slice(-1)};
    }
    if ([...ev.key].length !== 1 || isShortcut(ev)) {
        return {type: "other"};
    }
    return {type: "char", text: hasCapsLock(ev) ? otherCase(ev.key) : ev.key};
}

/**
 * GS, as scanners send it: Ctrl+], the character itself, or F8. On many keyboards a
 * bracket needs AltGr, which some browsers tell as Ctrl and Alt: that is no separator.
 */
function isSeparator(ev) {
    const isBracket = ev.key === "]" || ev.code === "BracketRight";
    const isControl = ev.ctrlKey && !ev.altKey;
    return ev.key === GS || ev.key === "F8" || (isControl && isBracket);
}

function isShortcut(ev) {
    const isAltGraph =
        ev.getModifierState?.("AltGraph") || (ev.ctrlKey && ev.altKey && !ev.metaKey);
    return !isAltGraph && (ev.ctrlKey || ev.altKey || ev.metaKey);
}

/** The scanner presses keys for what it reads; CapsLock of the keyboard turns them. */
function hasCapsLock(ev) {
    return Boolean(ev.getModifierState?.("CapsLock"));
}

/** Of a letter that has one: “ß” has none of one letter. */
function otherCase(letter) {
    const lower = letter.toLowerCase();
    const other = letter === lower ? letter.toUpperCase() : lower;
    return other.length === letter.length ? other : letter;
}
