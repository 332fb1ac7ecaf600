import {afterEach, beforeEach, expect, test} from "@odoo/hoot";
import {advanceTime} from "@odoo/hoot-mock";
import {Database} from "@farm_traceability_scan/queue/database";
import {lastOf, waitingOf} from "@farm_traceability_scan/queue/records";
import {ScanQueue} from "@farm_traceability_scan/queue/scan_queue";
import {
    LoggedOut,
    NotReached,
    OtherUser,
    Refusal,
    ServerFault,
} from "@farm_traceability_scan/queue/server";
import {countStates} from "@farm_traceability_scan/queue/states";
import {makeUuid} from "@farm_traceability_scan/queue/uuid";

const BUDI = {id: 7, name: "Budi"};
const SITI = {id: 8, name: "Siti"};

let name = "";
let opened = [];

beforeEach(() => {
    name = `farm_scan.test.${Math.random()}`;
    opened = [];
});

afterEach(() => {
    for (const {queue, database} of opened) {
        queue.stop();
        database.close();
    }
    indexedDB.deleteDatabase(name);
});

/** Stands for the network: applies each number once, or fails as it is told. */
class FakeServer {
    constructor() {
        this.applied = [];
        this.requests = 0;
        this.failure = null;
        this.answer = () => ({state: "applied", message: "ok"});
    }

    async ask(_method, [events] = [[]]) {
        this.requests++;
        const failure = this.failure?.(events);
        if (failure) {
            throw failure;
        }
        return events.map((event) => {
            if (!this.applied.some(({uuid}) => uuid === event.uuid)) {
                this.applied.push(event);
            }
            return {uuid: event.uuid, ...this.answer(event)};
        });
    }

    get texts() {
        return this.applied.map(({text}) => text);
    }
}

async function open(server, user = BUDI) {
    const database = await new Database(name).open();
    const queue = new ScanQueue({database, server, user, device: "handheld-1"});
    opened.push({queue, database});
    await queue.start();
    await queue.flush();
    return queue;
}

const event = (text, more = {}) => ({
    scenario: "pick",
    document_id: 3,
    kind: "scan",
    text,
    ...more,
});

test("an event is on the disk before anybody is told, and then sent", async () => {
    const server = new FakeServer();
    server.failure = () => new NotReached("no network");
    const queue = await open(server);
    const record = await queue.add(event("LOT-1"));
    const kept = await queue.database.allEvents();
    expect(kept.map(({sent}) => sent.uuid)).toEqual([record.sent.uuid]);
    expect(kept[0]).toMatchObject({state: "waiting", userId: 7});
    await queue.flush();
    expect(queue.state.link).toBe("offline");
    server.failure = null;
    await queue.flush();
    expect(server.texts).toEqual(["LOT-1"]);
    expect(queue.state.link).toBe("ok");
    expect((await queue.database.allEvents())[0].state).toBe("applied");
});

test("what waits goes in its order, in batches, also after a reload", async () => {
    const server = new FakeServer();
    server.failure = () => new NotReached("no network");
    const before = await open(server);
    const texts = Array.from({length: 45}, (_, number) => `LOT-${number}`);
    for (const text of texts) {
        await before.add(event(text));
    }
    before.stop();
    server.failure = null;
    server.requests = 0;
    const after = await open(server);
    await after.flush();
    expect(server.texts).toEqual(texts);
    expect(server.requests).toBe(3);
    expect(countStates(after.state.records)).toEqual({
        waiting: 0,
        refused: 0,
        asked: 0,
    });
});

test("an answer that got lost is asked for again, and doubles nothing", async () => {
    const server = new FakeServer();
    const queue = await open(server);
    const {ask} = server;
    server.ask = async (...args) => {
        await ask.apply(server, args);
        server.ask = ask;
        throw new NotReached("lost on the way back");
    };
    await queue.add(event("LOT-1"));
    await queue.flush();
    await queue.flush();
    expect(server.texts).toEqual(["LOT-1"]);
    expect(countStates(queue.state.records).waiting).toBe(0);
});

test("it tries again by itself, ever less often", async () => {
    const server = new FakeServer();
    const queue = await open(server);
    server.failure = () => new NotReached("no network");
    await queue.add(event("LOT-1"));
    await queue.flush();
    const before = server.requests;
    await advanceTime(queue.sender.constructor.LONGEST_PAUSE);
    await queue.sender.running;
    expect(server.requests).toBeGreaterThan(before);
    server.failure = null;
    await advanceTime(queue.sender.constructor.LONGEST_PAUSE);
    await queue.sender.running;
    expect(server.texts).toEqual(["LOT-1"]);
});

test("logged out, or somebody else logged in: it says so and keeps all", async () => {
    const server = new FakeServer();
    const queue = await open(server);
    for (const [failure, link] of [
        [new LoggedOut("expired"), "logged_out"],
        [new OtherUser("Siti"), "other_user"],
    ]) {
        server.failure = () => failure;
        await queue.add(event(link));
        await queue.flush();
        expect(queue.state).toMatchObject({link, linkDetail: failure.message});
    }
    expect(countStates(queue.state.records).waiting).toBe(2);
    server.failure = null;
    await queue.flush();
    expect(server.texts).toEqual(["logged_out", "other_user"]);
});

test("scans of another user wait until that user is back", async () => {
    const server = new FakeServer();
    server.failure = () => new NotReached("no network");
    const budis = await open(server);
    await budis.add(event("BUDI-1"));
    await budis.add(event("BUDI-2"));
    budis.stop();
    server.failure = null;
    const sitis = await open(server, SITI);
    await sitis.flush();
    expect(sitis.state.others).toEqual([{name: "Budi", count: 2}]);
    expect(sitis.state.records).toEqual([]);
    expect(server.texts).toEqual([]);
    sitis.stop();
    const again = await open(server);
    await again.flush();
    expect(server.texts).toEqual(["BUDI-1", "BUDI-2"]);
});

test("what is refused comes back with its reason until it is seen", async () => {
    const server = new FakeServer();
    server.answer = ({text}) =>
        text === "BAD"
            ? {state: "refused", message: "No such lot"}
            : {state: "applied", message: "ok"};
    const queue = await open(server);
    for (const text of ["A", "BAD", "B"]) {
        await queue.add(event(text));
    }
    await queue.flush();
    expect(countStates(queue.state.records)).toEqual({
        waiting: 0,
        refused: 1,
        asked: 0,
    });
    const bad = queue.state.records.find(({sent}) => sent.text === "BAD");
    expect(bad.message).toBe("No such lot");
    await queue.sendAgain(bad);
    await queue.flush();
    expect(server.texts).toEqual(["A", "BAD", "B", "BAD"]);
    expect(countStates(queue.state.records).refused).toBe(1);
    await queue.see(queue.state.records.at(-1));
    expect(countStates(queue.state.records).refused).toBe(0);
    expect(await queue.database.allEvents()).toHaveLength(4);
});

test("one that the server cannot take stops no other", async () => {
    const server = new FakeServer();
    const queue = await open(server);
    server.failure = (events) =>
        events.some(({text}) => text === "BAD") ? new Refusal("Not this one") : null;
    await Promise.all(["A", "BAD", "B"].map((text) => queue.add(event(text))));
    await queue.flush();
    expect(server.texts).toEqual(["A", "B"]);
    const bad = queue.state.records.find(({sent}) => sent.text === "BAD");
    expect(bad).toMatchObject({state: "refused", message: "Not this one"});
});

test("a fault of the server is tried again, then given back to the person", async () => {
    const server = new FakeServer();
    const queue = await open(server);
    server.failure = ([one]) => (one ? new ServerFault("Oops") : null);
    await queue.add(event("A"));
    for (let round = 0; round < 6; round++) {
        await queue.flush();
    }
    expect(queue.state.records[0]).toMatchObject({state: "refused", message: "Oops"});
    server.failure = null;
    await queue.sendAgain(queue.state.records[0]);
    await queue.flush();
    expect(server.texts).toEqual(["A"]);
    expect(queue.state.records[0].state).toBe("applied");
});

test("the last scan can be taken back, each once", async () => {
    const server = new FakeServer();
    const queue = await open(server);
    const effect = {takes: [{line: 1, quantity: 1}]};
    const first = await queue.add(event("A"), {effect});
    const second = await queue.add(event("B"), {effect});
    await queue.add(event("COLD-1"), {effect: {context: {location_id: 1}}});
    await queue.flush();
    const last = () => lastOf(queue.state.records, "pick", 3)?.sent.uuid;
    expect(last()).toBe(second.sent.uuid);
    await queue.add(event("B", {kind: "undo", of: second.sent.uuid}));
    expect(last()).toBe(first.sent.uuid);
    await queue.flush();
    expect(queue.find(second.sent.uuid).state).toBe("undone");
    await queue.add(event("A", {kind: "undo", of: first.sent.uuid}));
    expect(last()).toBe(undefined);
});

test("what waits is told by document", async () => {
    const server = new FakeServer();
    server.failure = () => new NotReached("no network");
    const queue = await open(server);
    await queue.add(event("A"));
    await queue.add(event("B", {document_id: 4}));
    const waiting = waitingOf(queue.state.records, "pick", 4);
    expect(waiting.map(({sent}) => sent.text)).toEqual(["B"]);
});

test("numbers are made also where the address is not safe", () => {
    const source = {getRandomValues: (bytes) => crypto.getRandomValues(bytes)};
    const made = new Set(Array.from({length: 200}, () => makeUuid(source)));
    expect(made.size).toBe(200);
    for (const uuid of made) {
        expect(
            /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(
                uuid
            )
        ).toBe(true);
    }
});
