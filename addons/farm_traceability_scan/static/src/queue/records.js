import {APPLIED, ASKED, WAITING, isOpen} from "./states";

/** Records of one document, `documentId` null for work without documents. */
export function recordsOf(records, scenario, documentId) {
    return records.filter(
        ({sent}) => sent.scenario === scenario && sent.document_id === documentId
    );
}

/** What waits of a document, in its order. */
export function waitingOf(records, scenario, documentId) {
    const own = recordsOf(records, scenario, documentId);
    return own.filter(({state}) => state === WAITING);
}

/** The oldest question of a document that nobody has answered. */
export function questionOf(records, scenario, documentId) {
    const own = recordsOf(records, scenario, documentId);
    return own.find((record) => record.state === ASKED && isOpen(record));
}

/** The last scan of a document that can be taken back. */
export function lastOf(records, scenario, documentId) {
    const own = recordsOf(records, scenario, documentId);
    const backs = own.filter(({sent, state}) => sent.kind === "undo" && isLive(state));
    const taken = new Set(backs.map(({sent}) => sent.of));
    return own.findLast((record) => hasTaken(record) && !taken.has(record.sent.uuid));
}

function isLive(state) {
    return state === WAITING || state === APPLIED;
}

/** What can be taken back, as far as it did anything. */
const TAKING = new Set(["scan", "pack"]);

/** Not a place or a product that was only named, nor what is still asked. */
function hasTaken({state, sent, effect, answer}) {
    if (!TAKING.has(sent.kind) || !isLive(state)) {
        return false;
    }
    if (effect) {
        return Boolean(effect.takes);
    }
    const isNamed = answer?.location_id || (answer?.product_id && !answer.line_id);
    return state === APPLIED && !isNamed && !answer?.open;
}
