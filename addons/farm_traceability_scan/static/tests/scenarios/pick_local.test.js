import {describe, expect, test} from "@odoo/hoot";
import {lookAt} from "@farm_traceability_scan/reading/look";
import {nextLine, resolvePick} from "@farm_traceability_scan/scenarios/pick/pick_local";
import {takeLine} from "@farm_traceability_scan/scenarios/pick/pick_take";
import {
    isScanned,
    overlaid,
    shortOf,
    undone,
} from "@farm_traceability_scan/scenarios/shared/sheet";

describe.current.tags("headless");

const BANANA = {
    id: 1,
    name: "Banana",
    barcodes: ["9501101530003", "BOX-13"],
    packs: {"BOX-13": 13},
    tracking: "lot",
};
const PAPAYA = {
    id: 2,
    name: "Papaya",
    barcodes: ["9501101530010"],
    packs: {},
    tracking: "lot",
};
const CRATE = {
    id: 3,
    name: "Crate",
    barcodes: ["9501101530027"],
    packs: {},
    tracking: "none",
};
const COLD = {id: 10, name: "WH/Stock/Cold 1", barcode: "COLD-1"};
const RACK = {id: 11, name: "WH/Stock/Rack", barcode: "RACK"};
const WEIGHED = {is_counted: false, one: 1, kilo: 1, unit: "kg"};
const COUNTED = {is_counted: true, one: 1, kilo: 0, unit: "Units"};

function line(id, product, lot, location, quantity, more = {}) {
    const measures = product === BANANA ? WEIGHED : COUNTED;
    return {
        id,
        product,
        lot: lot && {id: id + 100, name: lot},
        location,
        quantity,
        scanned: 0,
        package: "",
        ...measures,
        ...more,
    };
}

function makeSheet(...lines) {
    return {document: {id: 5, name: "WH/OUT/5"}, missing: [], lines};
}

const SHEET = makeSheet(
    line(1, BANANA, "LOT-1", COLD, 20),
    line(2, BANANA, "LOT-2", RACK, 10, {package: "395011000000000171"}),
    line(3, PAPAYA, "LOT-1", RACK, 6),
    line(4, CRATE, false, RACK, 4)
);

function resolve(text, {sheet = SHEET, context = {}, typed = null} = {}) {
    const {
        kind,
        line: found,
        quantity,
        effect,
    } = resolvePick(sheet, context, lookAt(text), typed);
    return {kind, line: found?.id, quantity, effect};
}

test("each way to name what is taken", () => {
    for (const [text, kind, lineId, quantity] of [
        ["LOT-2", "take", 2, 10],
        ["lot-2", "take", 2, 10],
        ["]C101095011015300031" + "0LOT-2", "take", 2, 10],
        ["(01)09501101530003(3103)002500(10)LOT-2", "take", 2, 2.5],
        ["(01)09501101530010(10)LOT-1", "take", 3, 1],
        ["https://example.com/01/09501101530010/10/LOT-1?30=3", "take", 3, 3],
        ["9501101530027", "take", 4, 1],
        ["COLD-1", "place", undefined, undefined],
        ["WH/Stock/Rack", "place", undefined, undefined],
        ["9501101530003", "product", 1, undefined],
        ["00395011000000000171", "package", undefined, undefined],
        ["WH/OUT/5", "same", undefined, undefined],
    ]) {
        expect(resolve(text)).toMatchObject(
            {kind, line: lineId, quantity},
            {message: text}
        );
    }
});

test("what the device cannot tell is asked", () => {
    for (const text of [
        "LOT-1",
        "LOT-9",
        "(01)09501101530003(10)LOT-9",
        "(01)09501101530027(10)LOT-1",
        "urn:epc:id:sgtin:0614141.112345.400",
        "",
    ]) {
        expect(resolve(text).kind).toBe("ask", {message: text});
    }
    const old = makeSheet({...line(1, BANANA, "LOT-2", COLD, 5), kilo: undefined});
    expect(resolve("LOT-2", {sheet: old}).kind).toBe("ask");
});

test("the product that was scanned before tells which lot is meant", () => {
    expect(resolve("LOT-1", {context: {product_id: 2}}).line).toBe(3);
    expect(resolve("LOT-1", {context: {product_id: 1}}).line).toBe(1);
});

test("the place that was scanned before tells which line is meant", () => {
    const sheet = makeSheet(line(1, BANANA, "A", COLD, 5), {
        ...line(2, BANANA, "A", RACK, 7),
        lot: {id: 101, name: "A"},
    });
    expect(resolve("A", {sheet}).line).toBe(1);
    expect(resolve("A", {sheet, context: {location_id: RACK.id}}).line).toBe(2);
});

test("a typed quantity stands above all; more than is left is said", () => {
    expect(resolve("LOT-2", {typed: 4})).toMatchObject({kind: "take", quantity: 4});
    expect(resolve("LOT-2", {typed: 11})).toMatchObject({kind: "many", quantity: 11});
});

test("the barcode of a packaging is as much as it holds", () => {
    const sheet = makeSheet(
        line(1, {...CRATE, packs: {DOZEN: 12}, barcodes: ["DOZEN"]}, false, RACK, 30)
    );
    expect(resolve("DOZEN", {sheet})).toMatchObject({kind: "take", quantity: 12});
});

test("all of it is picked: said, but another lot of it is asked", () => {
    const full = makeSheet({...line(1, BANANA, "A", COLD, 5), scanned: 5});
    expect(resolve("A", {sheet: full}).kind).toBe("full");
    expect(resolve("COLD-1", {sheet: full}).kind).toBe("full");
    const rest = makeSheet(...full.lines, line(2, BANANA, "B", COLD, 5));
    expect(resolve("A", {sheet: rest}).kind).toBe("ask");
});

test("what waits lies on top of the server's sheet", () => {
    const {effect} = resolve("LOT-2", {typed: 4});
    const shown = overlaid(SHEET, [{effect}, {}, {effect}]);
    expect(shown.lines[1].scanned).toBe(8);
    expect(SHEET.lines[1].scanned).toBe(0);
    expect(overlaid(shown, [{effect: undone(effect)}]).lines[1].scanned).toBe(4);
    const tenths = {takes: [{line: 1, quantity: 0.1}]};
    const many = Array.from({length: 200}, () => ({effect: tenths}));
    const done = overlaid(SHEET, many);
    expect(done.lines[0].scanned).toBe(20);
    expect(shortOf(done).map(({id}) => id)).toEqual([2, 3, 4]);
});

test("the walk goes on at the place where the person is", () => {
    expect(nextLine(SHEET, {}).id).toBe(1);
    expect(nextLine(SHEET, {location_id: RACK.id}).id).toBe(2);
    expect(nextLine(SHEET, {location_id: RACK.id, product_id: PAPAYA.id}).id).toBe(3);
    const done = makeSheet({...line(1, BANANA, "A", COLD, 5), scanned: 5});
    expect(nextLine(done, {})).toBe(undefined);
});

describe("packages", () => {
    const PACK = {effect: {takes: [], isPack: true}};

    test("nothing goes onto what is packed", () => {
        const sheet = makeSheet(
            line(1, BANANA, "A", COLD, 12, {scanned: 12, packed: "BOX-1"}),
            {...line(2, BANANA, "A", COLD, 8), lot: {id: 101, name: "A"}}
        );
        expect(resolve("A", {sheet})).toMatchObject({line: 2, quantity: 8});
        const more = makeSheet(
            line(1, BANANA, "A", COLD, 20, {scanned: 12, packed: "BOX-1"})
        );
        expect(resolve("A", {sheet: more}).kind).toBe("full");
        expect(nextLine(more, {})).toBe(undefined);
    });

    test("what waits to be packed is apart, and the rest is scanned on", () => {
        const context = {product_id: 1};
        const {effect} = resolve("LOT-1", {typed: 12, context});
        const shown = overlaid(SHEET, [{effect}, PACK]);
        const own = shown.lines.filter(({lot}) => lot?.id === 101);
        expect(own.map(({quantity, scanned}) => [quantity, scanned])).toEqual([
            [12, 12],
            [8, 0],
        ]);
        expect(own.map(isScanned)).toEqual([true, false]);
        const next = resolve("LOT-1", {sheet: shown, context});
        expect(next).toMatchObject({kind: "take", quantity: 8});
        const all = overlaid(SHEET, [{effect}, PACK, {effect: next.effect}]);
        expect(shortOf(all).some(({lot}) => lot?.id === 101)).toBe(false);
    });

    test("what was scanned before the server had packed is of its loose rest", () => {
        const server = makeSheet(
            line(1, BANANA, "A", COLD, 12, {scanned: 12, packed: "PACK1"}),
            {...line(9, BANANA, "A", COLD, 8), lot: {id: 101, name: "A"}}
        );
        for (const id of [1, -1]) {
            const waiting = {effect: {takes: [{line: id, quantity: 8}]}};
            const shown = overlaid(server, [waiting]);
            expect(shown.lines.map(({scanned}) => scanned)).toEqual([12, 8]);
        }
    });

    test("undo unpacks, also what the server has named", () => {
        const sheet = makeSheet(line(1, BANANA, "A", COLD, 12, {scanned: 12}));
        const waiting = overlaid(sheet, [PACK, {effect: undone(PACK.effect)}]);
        expect(waiting.lines[0].packed).toBe("");
        const packed = makeSheet({...sheet.lines[0], packed: "PACK1"});
        const effect = undone(PACK.effect, {package: {id: 1, name: "PACK1"}});
        expect(overlaid(packed, [{effect}]).lines[0].packed).toBe("");
    });

    test("a package has a name and an SSCC", () => {
        const sheet = makeSheet(
            line(1, BANANA, "A", COLD, 5, {
                package: "PALLET-1",
                sscc: "395011000000000171",
            })
        );
        for (const text of ["00395011000000000171", "pallet-1"]) {
            expect(resolve(text, {sheet}).kind).toBe("package", {message: text});
        }
        expect(resolve("00395011000000000188", {sheet}).kind).toBe("ask");
    });
});

describe("a batch", () => {
    const SHOP = {id: 21, name: "WH/OUT/21", partner: "Shop"};
    const HOTEL = {id: 22, name: "WH/OUT/22", partner: "Hotel"};
    const lot = {id: 101, name: "A"};
    const BATCH = makeSheet(
        line(1, BANANA, "A", COLD, 6, {into: SHOP}),
        {...line(2, BANANA, "A", COLD, 4, {into: HOTEL}), lot},
        {...line(3, BANANA, "A", RACK, 5, {into: HOTEL}), lot}
    );
    const taken = ({effect}) =>
        effect.takes.map(({line: id, quantity}) => [id, quantity]);

    test("one after the other", () => {
        const first = resolve("A", {sheet: BATCH});
        expect(taken(first)).toEqual([[1, 6]]);
        const sheet = overlaid(BATCH, [first]);
        expect(taken(resolve("A", {sheet}))).toEqual([[2, 4]]);
    });

    test("a quantity is split between transfers, not between places", () => {
        expect(taken(resolve("A", {sheet: BATCH, typed: 9}))).toEqual([
            [1, 6],
            [2, 3],
        ]);
        expect(resolve("A", {sheet: BATCH, typed: 11}).kind).toBe("many");
        expect(taken(takeLine(BATCH, BATCH.lines[1], 7))).toEqual([
            [2, 4],
            [1, 3],
        ]);
    });

    test("the transfer that was scanned before is meant", () => {
        const box = resolve("WH/OUT/22", {sheet: BATCH});
        expect(box).toMatchObject({kind: "box", effect: {context: {picking_id: 22}}});
        const {context} = box.effect;
        expect(nextLine(BATCH, context).id).toBe(2);
        const outcome = resolve("A", {sheet: BATCH, context});
        expect(taken(outcome)).toEqual([[2, 4]]);
        expect(outcome.effect.context.picking_id).toBe(null);
        expect(resolve("A", {sheet: BATCH, context, typed: 6}).kind).toBe("many");
    });
});
