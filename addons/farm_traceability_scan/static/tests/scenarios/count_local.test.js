import {describe, expect, test} from "@odoo/hoot";
import {lookAt} from "@farm_traceability_scan/reading/look";
import {
    countedSheet,
    effectOf,
    handsCount,
    resolveCount,
} from "@farm_traceability_scan/scenarios/count/count_local";
import {actOf} from "@farm_traceability_scan/scenarios/count/count_main";
import {undone} from "@farm_traceability_scan/scenarios/shared/sheet";

describe.current.tags("headless");

const PAPAYA = {
    id: 1,
    name: "Papaya",
    barcodes: ["9501101530010"],
    packs: {},
    tracking: "lot",
    is_counted: true,
    kilo: 0,
};
const BANANA = {
    ...PAPAYA,
    id: 2,
    barcodes: ["9501101530003"],
    is_counted: false,
    kilo: 1,
};
const CRATE = {...PAPAYA, id: 3, barcodes: ["9501101530027"], tracking: "none"};

function line(id, product, lot, quantity, more = {}) {
    return {
        id,
        product,
        lot: lot && {id: id + 100, name: lot},
        package: "",
        owner: "",
        unit: "u",
        counted: null,
        quantity,
        ...more,
    };
}

const SHEET = {
    document: {id: 9, name: "WH/Stock/Cold 1", barcode: "COLD-1"},
    lines: [
        line(1, PAPAYA, "P-1", 5, {package: "PACK-1"}),
        line(2, PAPAYA, "P-1", 3),
        line(3, BANANA, "B-1", 12.5),
        line(4, CRATE, false, 4, {counted: 2}),
    ],
};

function resolve(text, {context = {}, typed = null} = {}) {
    const found = resolveCount(SHEET, context, lookAt(text), typed);
    return [found.kind, found.line?.id, found.counted];
}

test("each way to name what is counted", () => {
    for (const [text, options, expected] of [
        ["P-1", {}, ["count", 2, 1]],
        ["p-1", {}, ["count", 2, 1]],
        ["(01)09501101530010(10)P-1", {}, ["count", 2, 1]],
        ["(01)09501101530010(10)P-1(30)3", {}, ["count", 2, 3]],
        ["P-1", {typed: 0}, ["count", 2, 0]],
        ["9501101530027", {}, ["count", 4, 3]],
        ["(01)09501101530003(3103)002500(10)B-1", {}, ["count", 3, 2.5]],
        ["B-1", {}, ["amount", 3, undefined]],
        ["9501101530003", {}, ["product", undefined, undefined]],
        ["COLD-1", {}, ["same", undefined, undefined]],
        ["PACK-1", {}, ["ask", undefined, undefined]],
        ["ELSEWHERE", {}, ["ask", undefined, undefined]],
        ["(01)09501101530010(10)NEW", {}, ["ask", undefined, undefined]],
    ]) {
        expect(resolve(text, options)).toEqual(expected, {message: text});
    }
});

test("counts that wait add up, and differ from what should be there", () => {
    const {effect} = resolveCount(SHEET, {}, lookAt("P-1"));
    const shown = countedSheet(SHEET, [{effect}, {}, {effect}]).lines;
    expect(shown.map(({counted, difference}) => [counted, difference])).toEqual([
        [null, null],
        [2, -1],
        [null, null],
        [2, -2],
    ]);
    const back = countedSheet(SHEET, [{effect}, {effect: undone(effect)}]);
    expect(back.lines[1].counted).toBe(0);
});

test("a typed count stands for all of it; a line can begin anew", () => {
    const crate = SHEET.lines[3];
    const typed = {effect: effectOf(crate, 4)};
    expect(countedSheet(SHEET, [typed]).lines[3].difference).toBe(0);
    const anew = {effect: {recount: 4}};
    expect(countedSheet(SHEET, [typed, anew]).lines[3].counted).toBe(null);
});

test("none is counted as such; a blind count knows no difference", () => {
    const none = {effect: effectOf(SHEET.lines[1], 0)};
    expect(countedSheet(SHEET, [none]).lines[1].counted).toBe(0);
    const blind = {...SHEET, lines: [{...SHEET.lines[1], quantity: undefined}]};
    expect("difference" in countedSheet(blind, [none]).lines[0]).toBe(false);
});

test("a bunch comes to what its hands weigh", () => {
    expect(handsCount({quantity: 12, hands: 8}, 6)).toBe(9);
    expect(handsCount({quantity: 12, hands: 8}, 0)).toBe(0);
    expect(handsCount({hands: undefined}, 6)).toBe(null);
    expect(handsCount({quantity: 12, hands: 0}, 6)).toBe(null);
});

test("what the large button does", () => {
    for (const [of, isAll, act] of [
        [undefined, false, "finish"],
        [{counted: null, quantity: 5}, false, "agree"],
        [{counted: null, quantity: undefined}, false, "type"],
        [{counted: 3, quantity: 5}, false, "type"],
        [{counted: 3, quantity: 5}, true, "finish"],
        [{counted: null, package: "P"}, false, "package"],
        [{counted: 3, package: "P"}, false, "finish"],
    ]) {
        expect(actOf(of, isAll)).toBe(act, {message: JSON.stringify(of ?? null)});
    }
});
