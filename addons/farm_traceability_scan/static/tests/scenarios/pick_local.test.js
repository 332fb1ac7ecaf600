import {describe, expect, test} from "@odoo/hoot";
import {lookAt} from "@farm_traceability_scan/reading/look";
import {nextLine, resolvePick} from "@farm_traceability_scan/scenarios/pick/pick_local";
import {
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
