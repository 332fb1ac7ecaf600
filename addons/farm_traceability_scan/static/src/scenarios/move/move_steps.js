import {_t} from "@web/core/l10n/translation";

/**
 * What is asked next.
 *
 * @param {Object} draft as the server gave it
 * @returns {"item"|"lot"|"source"|"target"}
 */
export function stepOf(draft) {
    const {lot_id: lot, package_id: pack, product_id: product} = draft;
    if (product && !lot && !pack && draft.needs_lot) {
        return "lot";
    }
    if (!lot && !pack && !product) {
        return "item";
    }
    return draft.source_id ? "target" : "source";
}

const PROMPTS = {
    item: _t("Scan what you move, or where you take it"),
    lot: _t("Scan the lot"),
    source: _t("Scan where you take it"),
    target: _t("Scan where you put it"),
};

export function promptOf(step) {
    return String(PROMPTS[step]);
}
