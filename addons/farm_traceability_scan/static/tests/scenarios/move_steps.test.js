import {describe, expect, test} from "@odoo/hoot";
import {choiceAt} from "@farm_traceability_scan/scenarios/move/move_choices";
import {stepOf} from "@farm_traceability_scan/scenarios/move/move_steps";

describe.current.tags("headless");

test("what is asked next", () => {
    for (const [draft, step] of [
        [{}, "item"],
        [{source_id: 5}, "item"],
        [{product_id: 1, needs_lot: true}, "lot"],
        [{product_id: 1, needs_lot: false}, "source"],
        [{product_id: 1, lot_id: 2, needs_lot: true}, "source"],
        [{package_id: 3}, "source"],
        [{product_id: 1, lot_id: 2, source_id: 5}, "target"],
    ]) {
        expect(stepOf(draft)).toBe(step, {message: JSON.stringify(draft)});
    }
});

test("what can be chosen next", () => {
    for (const [step, draft, isWaiting, kind] of [
        ["item", {}, false, "source"],
        ["item", {source_id: 5}, false, "lying"],
        ["lot", {product_id: 1, source_id: 5}, false, "lying"],
        ["source", {lot_id: 2}, false, "source"],
        ["target", {lot_id: 2, source_id: 5}, false, "target"],
        ["item", {}, true, "place"],
    ]) {
        expect(choiceAt(step, draft, isWaiting)).toBe(kind, {message: step});
    }
});
