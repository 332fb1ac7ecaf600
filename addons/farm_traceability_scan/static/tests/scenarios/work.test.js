import {describe, expect, test} from "@odoo/hoot";
import {Work} from "@farm_traceability_scan/scenarios/shared/work";

describe.current.tags("headless");

const HOTEL = {picking_id: 8, location_id: null, product_id: null};
const TAKEN = {picking_id: null, location_id: 3, product_id: null};

/** Work on a document, and what its device keeps. */
function begin() {
    const state = {records: [], link: "ok"};
    const queue = {
        state,
        add: async (sent, more) => {
            const record = {seq: state.records.length + 1, state: "waiting", sent};
            state.records.push({...record, ...more});
            return state.records.at(-1);
        },
    };
    return new Work({queue}, "pick_batch", 5);
}

function answer(work, record, values) {
    work.onAnswered({records: [record], answers: [{state: "applied", ...values}]});
}

test("the answer to the last scan is remembered", async () => {
    const work = begin();
    const box = await work.postScan("HOTEL");
    answer(work, box, {picking_id: 8});
    expect(work.context.picking_id).toBe(8);
});

test("a late answer sends no lot into the box of the one before", async () => {
    const work = begin();
    const box = await work.postScan("HOTEL", {effect: {context: HOTEL}});
    const lot = await work.postScan("LOT-1", {effect: {context: TAKEN}});
    expect(lot.sent.picking_id).toBe(8);
    answer(work, box, {picking_id: 8});
    const next = await work.postScan("LOT-1", {effect: {context: TAKEN}});
    expect(next.sent.picking_id).toBe(undefined);
});

test("a late answer that no later scan has overtaken is remembered", async () => {
    const work = begin();
    const product = await work.postScan("CRATE");
    const lot = await work.postScan("LOT-1");
    expect(lot.sent.product_id).toBe(undefined);
    answer(work, product, {product_id: 6});
    const next = await work.postScan("LOT-2");
    expect(next.sent.product_id).toBe(6);
});

test("taking something back makes no answer late", async () => {
    const work = begin();
    const place = await work.postScan("COLD-1");
    await work.post({kind: "undo", of: place.sent.uuid});
    answer(work, place, {location_id: 3});
    expect(work.context.location_id).toBe(3);
});
