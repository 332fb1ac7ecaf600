import {describe, expect, test} from "@odoo/hoot";
import {WedgeReader} from "@farm_traceability_scan/wedge/wedge_reader";

describe.current.tags("headless");

function makeReader(options = {}) {
    const scans = [];
    const learned = [];
    const reader = new WedgeReader({
        emit: (text) => scans.push(text),
        learn: (ends) => learned.push(ends),
        ...options,
    });
    return {reader, scans, learned};
}

/** Keys one after another; gives the moment of the last one. */
function type(reader, text, {at = 0, gap = 2} = {}) {
    [...text].forEach((letter, index) => reader.char(letter, at + index * gap));
    return at + (text.length - 1) * gap;
}

test("a scan ends at its suffix, however slowly it comes", () => {
    for (const gap of [0, 1, 30, 149, 151, 400, 2000]) {
        const {reader, scans} = makeReader();
        type(reader, "LOT-1", {gap});
        reader.end();
        expect(scans).toEqual(["LOT-1"], {message: `${gap} ms`});
    }
});

test("a pause in the middle splits nothing, once the suffix is known", () => {
    const {reader, scans} = makeReader({ends: "suffix"});
    const last = type(reader, "LOT");
    reader.quiet(last + 600);
    type(reader, "-1", {at: last + 700});
    reader.end();
    expect(scans).toEqual(["LOT-1"]);
});

test("without suffix it ends when nothing comes", () => {
    const {reader, scans, learned} = makeReader();
    const last = type(reader, "LOT-1");
    reader.quiet(last + 100);
    expect(scans).toEqual([]);
    reader.quiet(last + 500);
    expect(scans).toEqual(["LOT-1"]);
    expect(learned).toEqual(["idle"]);
});

test("ten a second without suffix: parted by the keys' own moments", () => {
    const {reader, scans} = makeReader({ends: "idle"});
    for (let number = 0; number < 10; number++) {
        type(reader, `LOT-${number}`, {at: number * 100});
    }
    reader.quiet(2000);
    expect(scans).toEqual(Array.from({length: 10}, (_, number) => `LOT-${number}`));
});

test("what is typed by hand waits for Enter", () => {
    const {reader, scans, learned} = makeReader();
    const last = type(reader, "LOT-1", {gap: 180});
    reader.quiet(last + 3000);
    expect(scans).toEqual([]);
    reader.end();
    expect(scans).toEqual(["LOT-1"]);
    expect(learned).toEqual([]);
});

test("a key that was hit long ago is forgotten", () => {
    const {reader, scans} = makeReader();
    reader.char("x", 0);
    type(reader, "LOT-1", {at: 6000});
    reader.end();
    expect(scans).toEqual(["LOT-1"]);
});

test("a scanner that lost its suffix is learned anew, unless a person said so", () => {
    const {reader, scans, learned} = makeReader({ends: "suffix"});
    reader.quiet(type(reader, "LOT-1") + 2000);
    expect([scans, learned]).toEqual([["LOT-1"], ["auto"]]);
    const sure = makeReader({ends: "suffix", isSure: true});
    sure.reader.quiet(type(sure.reader, "LOT-1") + 9000);
    expect([sure.scans, sure.learned]).toEqual([[], []]);
});
