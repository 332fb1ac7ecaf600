import {omit} from "@web/core/utils/objects";

/**
 * States of what was scanned.
 *
 * `waiting` has not been answered yet; the others are the server's answers, see the
 * model `farm.scan.event`. What is `asked` or `refused` stays open until the person has
 * seen to it (`isSeen`).
 */
export const WAITING = "waiting";
export const APPLIED = "applied";
export const ASKED = "asked";
export const REFUSED = "refused";
export const UNDONE = "undone";

/** What the log keeps once it is answered and seen to, in days. */
export const DAYS_KEPT = 3;

export function isOpen({state, isSeen}) {
    return (state === ASKED || state === REFUSED) && !isSeen;
}

/**
 * Numbers for the header.
 *
 * @param {Object[]} records of one user
 */
export function countStates(records) {
    const count = (test) => records.filter(test).length;
    return {
        waiting: count(({state}) => state === WAITING),
        refused: count((record) => record.state === REFUSED && isOpen(record)),
        asked: count((record) => record.state === ASKED && isOpen(record)),
    };
}

/** The record once the server has answered it. */
export function answered(record, answer, now) {
    const {state, message} = answer;
    const rest = omit(answer, "uuid", "state", "message", "sheet");
    return {...record, state, message, answer: rest, answeredAt: now};
}

/** Whether a record may go: answered, seen to, and of an earlier day. */
export function isForgotten(record, now) {
    const old = now - DAYS_KEPT * 24 * 3600 * 1000;
    return record.state !== WAITING && !isOpen(record) && record.sent.at < old;
}
