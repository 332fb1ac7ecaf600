import {afterEach, beforeEach, expect, test} from "@odoo/hoot";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {Wedge} from "@farm_traceability_scan/wedge/wedge";
import {FieldBurst} from "@farm_traceability_scan/wedge/field_burst";
import {patchWithCleanup} from "@web/../tests/web_test_helpers";

let wedge = null;
let input = null;
let scans = [];

function start(options = {}) {
    wedge?.stop();
    scans = [];
    wedge = new Wedge({feed: (text) => scans.push(text), input, ...options});
    wedge.start();
}

beforeEach(() => {
    input = document.createElement("textarea");
    document.body.append(input);
    start();
});

afterEach(() => {
    wedge.stop();
    input.remove();
});

/** A key as the browser tells it; true when the page has taken it. */
function press(key, init = {}, target = input) {
    const ev = new KeyboardEvent("keydown", {
        key,
        bubbles: true,
        cancelable: true,
        composed: true,
        ...init,
    });
    target.dispatchEvent(ev);
    target.dispatchEvent(new KeyboardEvent("keyup", {key, bubbles: true}));
    return ev.defaultPrevented;
}

function scan(text, end = "Enter") {
    [...text].forEach((letter) => press(letter));
    press(end);
}

test("ten scans in one go: all, in order", () => {
    const texts = Array.from({length: 10}, (_, number) => `LOT-${number}`);
    texts.forEach((text) => scan(text));
    expect(scans).toEqual(texts);
});

test("ten scans a second, their keys split over frames", async () => {
    const texts = Array.from({length: 10}, (_, number) => `LOT-2611${number}`);
    for (const text of texts) {
        for (const letter of text) {
            press(letter);
            if (letter === "1") {
                await animationFrame();
            }
        }
        await advanceTime(170);
        press("Enter");
    }
    expect(scans).toEqual(texts);
});

test("a suffix may be Tab; a key of its own stays the browser's", () => {
    scan("LOT-1", "Tab");
    expect(scans).toEqual(["LOT-1"]);
    expect(press("Tab")).toBe(false);
    expect(press("Enter")).toBe(false);
    expect(press("F5")).toBe(false);
    expect(press("r", {ctrlKey: true})).toBe(false);
    expect(scans).toEqual(["LOT-1"]);
});

test("the separator comes as Ctrl+], as itself, or as F8", () => {
    for (const [key, init] of [
        ["]", {ctrlKey: true}],
        ["\x1d", {}],
        ["F8", {}],
        ["5", {ctrlKey: true, code: "BracketRight"}],
    ]) {
        start();
        [..."]d210A"].forEach((letter) => press(letter));
        press(key, init);
        [..."17290430"].forEach((letter) => press(letter));
        press("Enter");
        expect(scans).toEqual(["]d210A\x1d17290430"]);
    }
});

test("Shift and CapsLock do no harm", () => {
    for (const letter of "Lot") {
        const isUpper = letter === letter.toUpperCase();
        press("Shift");
        press("CapsLock");
        // With CapsLock on, the keyboard turns the letters that the scanner presses.
        const turned = isUpper ? letter.toLowerCase() : letter.toUpperCase();
        press(turned, {modifierCapsLock: true});
    }
    press("Enter");
    expect(scans).toEqual(["Lot"]);
});

test("a German keyboard: brackets by AltGr, digits and the separator as ever", () => {
    const altGraph = [{modifierAltGraph: true}, {ctrlKey: true, altKey: true}];
    for (const held of altGraph) {
        start();
        press("]", {code: "Digit9", ...held});
        [..."d20109501101530003"].forEach((letter) => press(letter));
        press("+", {ctrlKey: true, code: "BracketRight"});
        [..."3012"].forEach((letter) => press(letter));
        press("Enter");
        expect(scans).toEqual(["]d20109501101530003\x1d3012"]);
    }
    start();
    press("ß", {modifierCapsLock: true});
    press("Enter");
    expect(scans).toEqual(["ß"]);
});

test("characters typed by their code with Alt", () => {
    scan("A");
    press("B");
    for (const digit of "029") {
        input.dispatchEvent(
            new KeyboardEvent("keydown", {
                key: digit,
                code: `Numpad${digit}`,
                altKey: true,
                bubbles: true,
                cancelable: true,
            })
        );
    }
    press("Alt");
    press("C");
    press("Enter");
    expect(scans).toEqual(["A", "B\x1dC"]);
});

function write(text) {
    input.value = text;
    input.dispatchEvent(new InputEvent("input", {data: text, bubbles: true}));
}

test("an input method writes the text, keys say nothing", () => {
    for (const letter of "LOT-1") {
        press("Unidentified", {keyCode: 229});
        write(letter);
    }
    press("Enter");
    write("LOT-2\n");
    expect(scans).toEqual(["LOT-1", "LOT-2"]);
    expect(input.value).toBe("");
});

test("a composition ends the scan when Enter ended the composition", () => {
    press("Process", {keyCode: 229, code: "KeyL"});
    press("Process", {keyCode: 229, code: "Enter"});
    const text = "\uff2c\uff2f\uff34-1";
    input.dispatchEvent(new CompositionEvent("compositionend", {data: text}));
    expect(scans).toEqual(["LOT-1"]);
});

test("without suffix: the timer waits until no key is in the queue", async () => {
    start({ends: {ends: "idle", isSure: true}});
    [..."LOT"].forEach((letter) => press(letter));
    await advanceTime(59);
    // The page was busy: the keys were pressed before, and come only now.
    wedge.reader.last = performance.now();
    [..."-1"].forEach((letter) => press(letter));
    expect(scans).toEqual([]);
    wedge.reader.last = wedge.reader.first = performance.now() - 100;
    await advanceTime(200);
    expect(scans).toEqual(["LOT-1"]);
});

test("without suffix: a timer that is early by the keys' clock comes again", async () => {
    start({ends: {ends: "idle", isSure: true}});
    [..."LOT-1"].forEach((letter) => press(letter));
    wedge.reader.last = wedge.reader.first = performance.now() + 300;
    await advanceTime(200);
    expect(scans).toEqual([]);
    wedge.reader.last = wedge.reader.first = performance.now() - 100;
    await advanceTime(500);
    expect(scans).toEqual(["LOT-1"]);
});

test("a scan while a note is written: the note stays as it was", () => {
    const note = document.createElement("textarea");
    document.body.append(note);
    note.value = "two crates ";
    note.setSelectionRange(11, 11);
    for (const letter of "LOT-1") {
        expect(press(letter, {}, note)).toBe(false);
        note.value += letter;
    }
    expect(press("Enter", {}, note)).toBe(true);
    expect(scans).toEqual(["LOT-1"]);
    expect(note.value).toBe("two crates ");
    expect(press("Enter", {}, note)).toBe(false);
    note.remove();
});

/** A text that an input method puts into a field, letter by letter or at once. */
function compose(note, ...parts) {
    for (const data of parts) {
        press("Unidentified", {keyCode: 229}, note);
        const init = {data, inputType: "insertText", bubbles: true};
        note.dispatchEvent(new InputEvent("beforeinput", init));
        note.value += data;
    }
}

test("a scan by an input method while a note is written", () => {
    patchWithCleanup(FieldBurst, {GAP: 60000});
    const note = document.createElement("textarea");
    document.body.append(note);
    note.value = "two crates ";
    for (const parts of [[..."LOT-1"], ["LOT-1"], ["LO", "T-1"]]) {
        start();
        note.setSelectionRange(11, 11);
        compose(note, ...parts);
        expect(press("Enter", {}, note)).toBe(true);
        expect(scans).toEqual(["LOT-1"]);
        expect(note.value).toBe("two crates ");
    }
    compose(note, "a", "b");
    expect(press("Enter", {}, note)).toBe(false);
    expect(note.value).toBe("two crates ab");
    note.remove();
});

test("what a person writes is no scan", () => {
    const field = {value: "", selectionStart: 0, selectionEnd: 0};
    const burst = new FieldBurst();
    [..."hands"].forEach((letter, at) => burst.char(field, letter, at * 90));
    expect(burst.end(field, 450)).toBe("");
});

test("a burst in the middle of what a person writes is a scan alone", () => {
    const field = document.createElement("input");
    const burst = new FieldBurst();
    let time = 0;
    const add = (text, gap) => {
        for (const letter of text) {
            time += gap;
            burst.char(field, letter, time);
            field.value += letter;
        }
    };
    add("wet ", 120);
    time += 100;
    add("LOT-1", 5);
    expect(burst.end(field, time + 5)).toBe("LOT-1");
    expect(field.value).toBe("wet ");
});
