import {describe, expect, test} from "@odoo/hoot";
import {lookAt} from "@farm_traceability_scan/reading/look";
import {
    arrivalsOf,
    keyOf,
    resolveReceive,
} from "@farm_traceability_scan/scenarios/receive/receive_local";
import {undone} from "@farm_traceability_scan/scenarios/shared/sheet";

describe.current.tags("headless");

const BANANA = {
    id: 1,
    name: "Banana",
    barcodes: ["9501101530003"],
    packs: {},
    tracking: "lot",
    is_counted: false,
};
const PAPAYA = {
    id: 2,
    name: "Papaya",
    barcodes: ["9501101530010", "BOX-13"],
    packs: {"BOX-13": 13},
    tracking: "lot",
    is_counted: true,
};
const CRATE = {
    id: 3,
    name: "Crate",
    barcodes: ["9501101530027"],
    packs: {},
    tracking: "none",
    is_counted: true,
};

function line(product, quantity, more = {}) {
    const kilo = product.is_counted ? 0 : 1;
    return {
        product,
        quantity,
        scanned: 0,
        lot_name: "",
        unit: "u",
        one: 1,
        kilo,
        ...more,
    };
}

const SHEET = {
    lines: [
        line(BANANA, 20),
        line(BANANA, 10, {scanned: 10, lot_name: "LOT-1"}),
        line(PAPAYA, 24),
        line(CRATE, 4, {scanned: 1}),
    ],
};

function resolve(text, {productId = null, typed = null, isAnnounced = true} = {}) {
    const known = {groups: arrivalsOf(SHEET), isAnnounced, productId};
    return resolveReceive(known, lookAt(text), typed);
}

test("what came and what is expected is told by product, with its lots", () => {
    const shown = arrivalsOf(SHEET).map(({id, came, expected, lots}) => [
        id,
        came,
        expected,
        lots.map(({name}) => name),
    ]);
    expect(shown).toEqual([
        [1, 10, 30, ["LOT-1"]],
        [2, 0, 24, []],
        [3, 1, 4, []],
    ]);
});

test("each way to name what is received", () => {
    for (const [text, options, kind, quantity] of [
        ["(01)09501101530003(3103)002500(10)NEW", {}, "receive", 2.5],
        ["(01)09501101530010(10)NEW(30)6", {}, "receive", 6],
        ["(01)09501101530010(10)NEW", {}, "receive", 1],
        ["LOT-1", {typed: 4}, "receive", 4],
        ["9501101530027", {}, "receive", 1],
        ["9501101530003", {}, "product", undefined],
        ["BOX-13", {}, "product", undefined],
        ["LOT-1", {}, "amount", undefined],
        ["(01)09501101530003(10)NEW", {}, "amount", undefined],
        ["HAND-WRITTEN", {productId: 1}, "amount", undefined],
        ["HAND-WRITTEN", {productId: 1, typed: 5}, "ask", undefined],
        ["HAND-WRITTEN", {productId: 2}, "ask", undefined],
        ["HAND-WRITTEN", {}, "ask", undefined],
        ["(01)04012345678901(10)X", {}, "amount", undefined],
        ["(01)09501101530027(10)X", {}, "ask", undefined],
        ["00395011000000000171", {}, "ask", undefined],
        ["urn:epc:id:sgtin:0614141.112345.400", {}, "ask", undefined],
    ]) {
        const found = resolve(text, options);
        expect([found.kind, found.quantity]).toEqual([kind, quantity], {
            message: text,
        });
    }
});

test("more than is expected is asked, unless nobody announced it", () => {
    const much = "(01)09501101530003(3103)050000(10)NEW";
    expect(resolve(much).kind).toBe("ask");
    expect(resolve(much, {isAnnounced: false}).kind).toBe("receive");
});

test("what waits shows at once, also a lot that is new", () => {
    const {effect} = resolve("(01)09501101530010(10)A/B(30)6");
    expect(effect.takes).toEqual([{line: keyOf(2, "A/B"), quantity: 6}]);
    const [, papaya] = arrivalsOf(SHEET, [{effect}, {}, {effect}]);
    expect([papaya.came, papaya.expected]).toEqual([12, 24]);
    expect(papaya.lots.map(({name, came}) => [name, came])).toEqual([["A/B", 12]]);
    const taken = arrivalsOf(SHEET, [{effect}, {effect: undone(effect)}]);
    expect(taken[1].came).toBe(0);
});

test("what waits of a product that is not here any more is left out", () => {
    const effect = {takes: [{line: "99/GONE", quantity: 1}]};
    expect(arrivalsOf(SHEET, [{effect}])).toEqual(arrivalsOf(SHEET));
});
