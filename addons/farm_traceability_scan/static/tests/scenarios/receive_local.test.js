import {describe, expect, test} from "@odoo/hoot";
import {lookAt} from "@farm_traceability_scan/reading/look";
import {
    arrivalsOf,
    isComplete,
    keyOf,
    labelsOf,
    resolveReceive,
    touched,
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
    unit: "kg",
    kilo: 1,
};
const PAPAYA = {
    id: 2,
    name: "Papaya",
    barcodes: ["9501101530010", "BOX-13"],
    packs: {"BOX-13": 13},
    tracking: "lot",
    is_counted: true,
    unit: "u",
    kilo: 0,
};
const CRATE = {
    id: 3,
    name: "Crate",
    barcodes: ["9501101530027"],
    packs: {},
    tracking: "none",
    is_counted: true,
    unit: "u",
    kilo: 0,
};

let lastId = 0;

function line(product, scanned, lotName = "", packed = "") {
    return {id: ++lastId, product, scanned, lot_name: lotName, packed, expiry: ""};
}

const EXPECTED = [
    {product: BANANA, quantity: 30},
    {product: PAPAYA, quantity: 24},
    {product: CRATE, quantity: 4},
];
const SHEET = {
    expected: EXPECTED,
    lines: [
        line(BANANA, 0),
        line(BANANA, 10, "LOT-1"),
        line(PAPAYA, 0),
        line(CRATE, 1),
    ],
};
const PACKED = {
    expected: EXPECTED,
    lines: [
        line(BANANA, 10, "LOT-1", "PACK-1"),
        line(BANANA, 4, "LOT-1", "PACK-2"),
        line(BANANA, 2, "LOT-1"),
        line(CRATE, 1, "", "PACK-1"),
    ],
};

function rowsOf({lots}) {
    return lots.map(({name, packed, came}) => [name, packed, came]);
}

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
    expect([papaya.came, papaya.expected, papaya.loose]).toEqual([12, 24, 12]);
    expect(papaya.lots.map(({name, came}) => [name, came])).toEqual([["A/B", 12]]);
    const taken = arrivalsOf(SHEET, [{effect}, {effect: undone(effect)}]);
    expect(taken[1].came).toBe(0);
});

test("what waits of a product that is not here any more is left out", () => {
    const effect = {takes: [{line: "99/GONE", quantity: 1}]};
    expect(arrivalsOf(SHEET, [{effect}])).toEqual(arrivalsOf(SHEET));
});

test("what is packed and what is loose of a lot are told apart", () => {
    const [banana, , crate] = arrivalsOf(PACKED);
    expect(rowsOf(banana)).toEqual([
        ["LOT-1", "PACK-1", 10],
        ["LOT-1", "PACK-2", 4],
        ["LOT-1", "", 2],
    ]);
    expect([banana.came, banana.loose]).toEqual([16, 2]);
    expect(rowsOf(crate)).toEqual([["", "PACK-1", 1]]);
    expect([crate.came, crate.loose]).toEqual([1, 0]);
    expect(new Set(banana.lots.map(({key}) => key)).size).toBe(3);
});

test("more of a packed lot goes onto its loose row", () => {
    const lines = [line(BANANA, 10, "LOT-1", "PACK-1")];
    const sheet = {expected: EXPECTED, lines};
    const known = {groups: arrivalsOf(sheet), isAnnounced: true, productId: null};
    const {kind, effect} = resolveReceive(known, lookAt("LOT-1"), 3);
    expect(kind).toBe("receive");
    const [banana] = arrivalsOf(sheet, [{effect}, {effect}]);
    expect(rowsOf(banana)).toEqual([
        ["LOT-1", "PACK-1", 10],
        ["LOT-1", "", 6],
    ]);
    expect(banana.came).toBe(16);
});

test("what is packed without network shows at once, until it is taken back", () => {
    const {effect} = resolve("LOT-1", {typed: 4});
    const pack = {sent: {kind: "pack", uuid: "a"}};
    const [banana, papaya, crate] = arrivalsOf(SHEET, [{effect}, pack, {effect}]);
    expect(rowsOf(banana)).toEqual([
        ["LOT-1", "…", 14],
        ["LOT-1", "", 4],
    ]);
    expect([banana.loose, papaya.lots, crate.loose]).toEqual([4, [], 0]);
    expect(rowsOf(crate)).toEqual([["", "…", 1]]);
    const undo = {sent: {kind: "undo", of: "a"}};
    expect(arrivalsOf(SHEET, [pack, undo])).toEqual(arrivalsOf(SHEET));
});

test("a lot of several rows is one thing to a scan", () => {
    const known = {groups: arrivalsOf(PACKED), isAnnounced: true, productId: null};
    const found = resolveReceive(known, lookAt("LOT-1"), 4);
    expect([found.kind, found.quantity]).toEqual(["receive", 4]);
});

test("loose lines of the same lot are one row", () => {
    const lines = [line(BANANA, 3, "LOT-1"), line(BANANA, 4, "LOT-1")];
    const [banana] = arrivalsOf({expected: EXPECTED, lines});
    expect(rowsOf(banana)).toEqual([["LOT-1", "", 7]]);
});

test("what was ordered is told without lines too, and what was not, without an order", () => {
    const [, papaya] = arrivalsOf({expected: EXPECTED, lines: []});
    expect([papaya.came, papaya.expected, isComplete(papaya)]).toEqual([0, 24, false]);
    const [crate] = arrivalsOf({expected: [], lines: [line(CRATE, 2)]});
    expect([crate.came, crate.expected, isComplete(crate)]).toEqual([2, 0, true]);
});

test("as many labels as pieces came, and one of what is weighed", () => {
    const lines = [
        line(PAPAYA, 6, "P", "PACK-1"),
        line(PAPAYA, 2, "P"),
        line(PAPAYA, 9, "OTHER"),
        line(BANANA, 12.5, "B"),
    ];
    const [papaya, banana] = arrivalsOf({lines});
    expect(labelsOf(papaya, {name: "P"})).toBe(8);
    expect(labelsOf(banana, {name: "B"})).toBe(1);
    const serial = {...papaya, product: {...PAPAYA, tracking: "serial"}};
    expect(labelsOf(serial, {name: "P"})).toBe(1);
});

test("what is touched is received as if it was scanned", () => {
    const [banana, , crate] = arrivalsOf(PACKED);
    const [packed] = banana.lots;
    const lot = touched({group: banana, lot: packed}, 3, true);
    expect([lot.text, lot.outcome.kind, lot.more.choice]).toEqual([
        "LOT-1",
        "receive",
        undefined,
    ]);
    expect(lot.outcome.effect.takes).toEqual([{line: keyOf(1, "LOT-1"), quantity: 3}]);
    const piece = touched({group: crate, lot: crate.lots[0]}, 1, true);
    expect([piece.text, piece.more.choice]).toEqual(["9501101530027", "product,3"]);
    expect(touched({group: crate}, 9, true).outcome.kind).toBe("ask");
    expect(touched({group: crate}, 9, false).outcome.kind).toBe("receive");
});
