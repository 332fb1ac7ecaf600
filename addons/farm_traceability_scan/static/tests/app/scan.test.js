import {afterEach, beforeEach, expect, test} from "@odoo/hoot";
import {EventBus} from "@odoo/owl";
import {allowTranslations} from "@web/../tests/web_test_helpers";
import {registry} from "@web/core/registry";
import {Scan} from "@farm_traceability_scan/app/scan";

let scan = null;
let given = [];

/** What all screens share, without a device or a server behind it. */
function makeScan() {
    const bus = new EventBus();
    return new Scan({
        device: {ends: "auto", learnedEnds: "auto"},
        user: {id: 7, name: "Budi"},
        database: {keep: () => {}, drop: () => {}},
        queue: {
            bus,
            state: {link: "ok"},
            stop: () => {},
            see: ({uuid}) => given.push(uuid),
        },
        router: {start: () => {}, stop: () => {}, up: () => given.push("up")},
        signals: {give: (tone) => given.push(tone)},
    });
}

beforeEach(() => {
    allowTranslations();
    given = [];
    scan = makeScan();
});

afterEach(() => scan.stop());

function tell(...answers) {
    const records = answers.map(({effect, wasOffline = false, ...answer}, at) => ({
        uuid: at,
        effect,
        wasOffline,
        state: answer.state,
        sent: {at: 0},
        answeredAt: 100,
    }));
    scan.queue.bus.trigger("answered", {records, answers});
}

test("scans are taken one after another, also when one takes long", async () => {
    const taken = [];
    scan.targets.push({
        onScan: async ({text}) => {
            await new Promise((resolve) => {
                setTimeout(resolve, text === "A" ? 50 : 0);
            });
            taken.push(text);
        },
    });
    await Promise.all(["A", "B", "C"].map((text) => scan.feed(text)));
    expect(taken).toEqual(["A", "B", "C"]);
});

test("a scan is for the panel that the one before it has asked for", async () => {
    const taken = [];
    const panel = {onScan: ({text}) => taken.push(text)};
    const open = () => requestAnimationFrame(() => scan.targets.push(panel));
    scan.targets.push({onScan: open});
    await Promise.all(["A", "B"].map((text) => scan.feed(text)));
    expect(taken).toEqual(["B"]);
});

test("a fault of one scan stops no other", async () => {
    const taken = [];
    scan.targets.push({
        onScan: ({text}) => {
            if (text === "A") {
                throw new Error("broken");
            }
            taken.push(text);
        },
    });
    const {error} = console;
    console.error = () => {};
    await Promise.all(["A", "B"].map((text) => scan.feed(text)));
    console.error = error;
    expect(taken).toEqual(["B"]);
});

test("another add-on feeds reads into the same screens", async () => {
    const taken = [];
    scan.targets.push({onScan: ({text}, source) => taken.push([text, source])});
    const handlers = registry.category("farm_scan_handlers");
    let feed = null;
    let isStopped = false;
    handlers.add("test_rfid", {
        start: (itsFeed) => {
            feed = itsFeed;
            return () => {
                isStopped = true;
            };
        },
    });
    scan.start();
    await feed("urn:epc:id:sgtin:0614141.112345.400", "rfid");
    expect(taken).toEqual([["urn:epc:id:sgtin:0614141.112345.400", "rfid"]]);
    scan.stop();
    expect(isStopped).toBe(true);
    handlers.remove("test_rfid");
});

test("the screen on top comes first, and leaves what is not its own", async () => {
    const taken = [];
    scan.targets.push({
        onScan: ({text}) => taken.push(`below ${text}`),
        onCommand: (name) => name === "UNDO" && taken.push("below UNDO"),
    });
    scan.targets.push({onCommand: (name) => name === "OK" && taken.push("top OK")});
    for (const text of ["LOT-1", "FARM:OK", "farm:undo", "FARM:BACK", "FARM:NOTHING"]) {
        await scan.feed(text);
    }
    expect(taken).toEqual(["below LOT-1", "top OK", "below UNDO"]);
    expect(given).toEqual(["up", "wrong"]);
});

test("of several answers the most urgent is said, and no sound is given twice", () => {
    tell(
        {state: "applied", message: "A", effect: {}},
        {state: "applied", message: "B", effect: {}}
    );
    expect(given).toEqual([]);
    tell(
        {state: "applied", message: "A"},
        {state: "refused", message: "No"},
        {state: "asked", message: "?"}
    );
    expect(scan.said).toMatchObject({tone: "wrong", text: "No"});
    expect(given).toEqual(["wrong", 1]);
});

test("what is refused after work without network waits to be seen", () => {
    tell({state: "refused", message: "No", wasOffline: true});
    expect(given).toEqual(["wrong"]);
});
