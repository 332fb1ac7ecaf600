import {describe, expect, test} from "@odoo/hoot";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {commandOf} from "@farm_traceability_scan/app/commands";
import {hashOf, placeOf} from "@farm_traceability_scan/app/router";
import {OncePerLook} from "@farm_traceability_scan/camera/detector";
import {answered, isForgotten, isOpen} from "@farm_traceability_scan/queue/states";
import {statesOf} from "@farm_traceability_scan/shell/header/header_states";
import {amountOf, withKey} from "@farm_traceability_scan/shell/keypad/amount";

describe.current.tags("headless");

test("codes in place of buttons", () => {
    expect(commandOf("FARM:FINISH")).toEqual({name: "FINISH", value: ""});
    expect(commandOf(" farm:qty:12,5 ")).toEqual({name: "QTY", value: "12,5"});
    expect(commandOf("FARM")).toBe(null);
    expect(commandOf("LOT:FARM:UNDO")).toBe(null);
});

test("a place comes back from its address", () => {
    for (const place of [
        {screen: "menu", scenario: "", documentId: null},
        {screen: "list", scenario: "pick", documentId: null},
        {screen: "work", scenario: "pick", documentId: 12},
        {screen: "work", scenario: "look_up", documentId: null},
        {screen: "log", scenario: "", documentId: null},
    ]) {
        expect(placeOf(hashOf(place))).toEqual(place);
    }
    expect(placeOf("")).toEqual({screen: "menu", scenario: "", documentId: null});
});

test("a quantity, key by key", () => {
    const typed = (keys) => keys.reduce(withKey, "");
    expect(typed(["0", "7"])).toBe("7");
    expect(typed(["1", ".", ".", "2", "5", "0", "9"])).toBe("1.250");
    expect(typed(["."])).toBe("0.");
    expect(typed(["1", "2", "erase"])).toBe("1");
    expect(typed([..."1234567890"])).toBe("123456789");
    expect([amountOf(""), amountOf("0"), amountOf("0.5")]).toEqual([null, null, 0.5]);
});

test("a symbol before the camera is one scan", () => {
    const once = new OncePerLook();
    expect([0, 100, 1500, 2900, 4500].map((now) => once.isNew("A", now))).toEqual([
        true,
        false,
        false,
        false,
        true,
    ]);
});

test("the header says all that is not done, the worst first", () => {
    allowTranslations();
    const said = (states, link = "ok") =>
        statesOf(
            states.map((state) => ({state})),
            link
        ).map(({kind, icon, text}) => [kind, icon, String(text)]);
    expect(said(["waiting", "asked", "waiting", "refused"])).toEqual([
        ["wrong", "cross", "1 refused"],
        ["attention", "alert", "1 to answer"],
        ["attention", "clock", "2 waiting"],
    ]);
    expect(said(["applied", "waiting"], "offline")).toEqual([
        ["attention", "cloudOff", "1 waiting"],
    ]);
    expect(said(["applied", "undone"])).toEqual([["right", "check", "All sent"]]);
    expect(said([], "offline")).toEqual([["quiet", "cloudOff", "No network"]]);
});

test("states: open until seen, forgotten only when answered", () => {
    const record = {state: "waiting", isSeen: false, sent: {uuid: "u", at: 0}};
    const later = 10 * 24 * 3600 * 1000;
    expect(isForgotten(record, later)).toBe(false);
    const refused = answered(
        record,
        {uuid: "u", state: "refused", message: "No", sheet: {}},
        5
    );
    expect(refused).toMatchObject({
        state: "refused",
        message: "No",
        answer: {},
        answeredAt: 5,
    });
    expect([isOpen(refused), isForgotten(refused, later)]).toEqual([true, false]);
    const seen = {...refused, isSeen: true};
    expect([isOpen(seen), isForgotten(seen, later), isForgotten(seen, 1000)]).toEqual([
        false,
        true,
        false,
    ]);
});
