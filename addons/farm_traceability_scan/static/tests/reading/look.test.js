import {describe, expect, test} from "@odoo/hoot";
import {commandOf} from "@farm_traceability_scan/app/commands";
import {hasCheckDigit} from "@farm_traceability_scan/reading/check_digit";
import {dayOf, lookAt} from "@farm_traceability_scan/reading/look";

describe.current.tags("headless");

const GTIN = "09501101530003";
const GS = "\x1d";

test("a symbol says the same in each way it is sent", () => {
    for (const data of [
        `01${GTIN}1729043010LOT-1`,
        `${GS}01${GTIN}1729043010LOT-1`,
        `]C101${GTIN}1729043010LOT-1`,
        `]d201${GTIN}10LOT-1${GS}17290430`,
        `]Q301${GTIN}10LOT-1${GS}17290430${GS}`,
        `(01)${GTIN}(17)290430(10)LOT-1`,
        `https://id.gs1.org/01/${GTIN}/10/LOT-1?17=290430`,
        ` HTTPS://example.com/some/where/01/${GTIN}/10/LOT%2D1?17=290430&utm=x\r`,
    ]) {
        const {keys, dates} = lookAt(data);
        expect(keys).toEqual({gtin: GTIN, lot: "LOT-1"}, {message: data});
        expect(dates).toEqual({expiry: "2029-04-30"}, {message: data});
    }
});

test("each identifier has its name", () => {
    for (const [data, keys] of [
        ["]C100395011000000000171", {sscc: "395011000000000171"}],
        [`]C102${GTIN}3724`, {content: GTIN}],
        [`]d201${GTIN}21SER/1`, {gtin: GTIN, serial: "SER/1"}],
        ["]C14149501100020017", {gln: "9501100020017"}],
        [GTIN.slice(1), {gtin: GTIN}],
        ["96385074", {gtin: "00000096385074"}],
    ]) {
        expect(lookAt(data).keys).toEqual(keys, {message: data});
    }
});

test("measures and counts", () => {
    expect(lookAt(`01${GTIN}310301240010A`).weight).toBe(12.4);
    expect(lookAt(`02${GTIN}3724${GS}10A`).count).toBe(24);
    expect(lookAt(`01${GTIN}30${12}${GS}10A`).count).toBe(12);
    expect(lookAt(`01${GTIN}10A`)).toMatchObject({count: null, weight: null});
});

test("dates: day 00 is the last of its month, and the nearest century", () => {
    expect(dayOf("280200", 2026)).toBe("2028-02-29");
    expect(dayOf("761231", 2026)).toBe("2076-12-31");
    expect(dayOf("780101", 2026)).toBe("1978-01-01");
});

test("plain text stays as it is", () => {
    for (const text of [
        "LOT-1",
        "lot 1",
        "12345",
        "7QF3",
        "1G7400N6-HW",
        "1G7400N6-0B-03-VJ",
        "http",
        "(note)",
        "9501101530004",
    ]) {
        expect(lookAt(text)).toMatchObject({kind: "text", text, keys: {}});
    }
});

test("what the device does not know, it leaves to the server", () => {
    for (const data of [
        `]d201${GTIN}7003260101`,
        "(01)09501101530004",
        "(99)x(10)",
        `]C101${GTIN.slice(0, 9)}`,
        "https://example.com/hello",
        "http://",
        "urn:epc:id:sgtin:0614141.112345.400",
        `${GS}${GS}`,
        `]C110${"x".repeat(21)}`,
    ]) {
        expect(lookAt(data).kind).toBe("unread", {message: data});
    }
});

const KINDS = ["gs1", "link", "text", "unread"];
const PARTS = [
    ...[
        "01",
        "10",
        "17",
        "3103",
        "(01)",
        "(",
        ")",
        "\x1d",
        "]d2",
        "]C1",
        "]Q1",
        "FARM:",
    ],
    ...["https://", "/01/", "?17=", "%", "%E0%A4", "[", "urn:epc:id:", "1G7400N6-HW"],
    ...[`https://id.gs1.org/01/${GTIN}/10/`, `01${GTIN}10`, `(01)${GTIN}(10)`, "&"],
    ...["\0", "é", "\ud800", "\udc00", "\u202e", "\uff10", "٣", "\r\n\t", " ", GTIN],
];

/** Numbers as if by chance, the same each time. */
function makeChance(seed) {
    let state = seed;
    return (most) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * most);
    };
}

function anyText(next) {
    if (next(4)) {
        return Array.from({length: next(12)}, () => PARTS[next(PARTS.length)]).join("");
    }
    const codes = Array.from({length: next(60)}, () => next(0x10000));
    return String.fromCharCode(...codes).repeat(1 + next(3) * 100);
}

test("anything has a look, of a shape that the screens can trust", () => {
    const next = makeChance(7);
    for (let round = 0; round < 4000; round++) {
        const data = anyText(next);
        const found = lookAt(data);
        expect(KINDS).toInclude(found.kind, {message: data});
        expect(found.text.length <= 4300).toBe(true, {message: data});
        expect(found.text).toBe(found.text.trim(), {message: data});
        for (const value of Object.values(found.keys)) {
            expect(typeof value === "string" && value !== "").toBe(true);
        }
        for (const day of Object.values(found.dates)) {
            expect(/^\d{4}-\d{2}-\d{2}$/.test(day)).toBe(true, {message: data});
        }
        for (const number of [found.count, found.weight]) {
            expect(number === null || Number.isFinite(number)).toBe(true);
        }
        commandOf(data);
    }
    expect(lookAt("x".repeat(100000)).text).toHaveLength(4300);
    for (const data of [undefined, null, 7, {}, [], NaN]) {
        expect(KINDS).toInclude(lookAt(data).kind);
    }
});

test("check digits", () => {
    expect(hasCheckDigit("9501101530003")).toBe(true);
    expect(hasCheckDigit("9501101530004")).toBe(false);
    expect(hasCheckDigit("395011000000000171")).toBe(true);
    expect(hasCheckDigit("")).toBe(false);
    expect(hasCheckDigit("950110153000a")).toBe(false);
});
