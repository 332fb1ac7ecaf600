import {EventBus, markRaw, reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {omit} from "@web/core/utils/objects";
import {Sender} from "./sender";
import {APPLIED, UNDONE, WAITING, isForgotten} from "./states";
import {makeUuid} from "./uuid";

/**
 * What this device has scanned: on the disk before anybody is told, sent when there is a
 * network, and back with the server's answer.
 *
 * A record is `{seq, userId, userName, state, sent, effect, said, message, answer,
 * isSeen, wasOffline}`: `sent` is the event as the server gets it, `effect` what the
 * screen shows of it until it is answered, `said` what the person was told.
 *
 * Its `bus` triggers `answered` with `{records, answers}`.
 */
export class ScanQueue {
    /**
     * @param {Object} options
     * @param {import("./database").Database} options.database opened
     * @param {import("./server").Server} options.server
     * @param {{id: number, name: string}} options.user
     * @param {string} options.device its name, which the server keeps
     * @param {number[]} [options.companyIds] in which the person works now
     */
    constructor({database, server, user, device, companyIds = []}) {
        Object.assign(this, {database, user, device, companyIds});
        this.bus = new EventBus();
        this.state = reactive({
            records: markRaw([]),
            others: [],
            link: "ok",
            linkDetail: "",
        });
        this.sender = new Sender({
            database,
            server,
            userId: user.id,
            onAnswered: this.onAnswered.bind(this),
            onLink: this.onLink.bind(this),
        });
        this.channel = new BroadcastChannel(`farm_scan.${database.name}`);
    }

    async start() {
        await this.load();
        await this.forget();
        this.onOnline = () => this.flush();
        this.onOffline = () => this.onLink("offline");
        browser.addEventListener("online", this.onOnline);
        browser.addEventListener("offline", this.onOffline);
        this.channel.onmessage = () => this.load();
        this.flush();
    }

    stop() {
        browser.removeEventListener("online", this.onOnline);
        browser.removeEventListener("offline", this.onOffline);
        this.channel.close();
        this.sender.stop();
    }

    async load() {
        const all = await this.database.allEvents();
        this.show(all.filter(({userId}) => userId === this.user.id));
        this.state.others = waitingByUser(all, this.user.id);
    }

    async forget() {
        const old = this.state.records.filter((one) => isForgotten(one, Date.now()));
        await this.database.removeEvents(old);
        const gone = new Set(old.map(({seq}) => seq));
        this.show(this.state.records.filter(({seq}) => !gone.has(seq)));
    }

    /**
     * Records are never changed, only made anew, and so is the list of them: hundreds
     * that wait would be slow to watch one by one.
     */
    show(records) {
        this.state.records = markRaw(records);
    }

    // -- scanned --------------------------------------------------------------------

    /**
     * Keep an event; it is sent as soon as can be.
     *
     * @param {Object} event `scenario`, `document_id`, `kind`, `text`, and more
     * @param {Object} [more] `effect` and `said` of the record
     * @returns {Promise<Object>} the record, once it is on the disk
     */
    async add(event, more = {}) {
        const sent = {
            uuid: makeUuid(),
            device: this.device,
            at: Date.now(),
            company_ids: this.companyIds,
            ...event,
        };
        const record = await this.database.addEvent({
            userId: this.user.id,
            userName: this.user.name,
            state: WAITING,
            isSeen: false,
            wasOffline: this.state.link !== "ok",
            ...more,
            sent,
        });
        this.show([...this.state.records, record]);
        this.tellTabs();
        this.flush();
        return record;
    }

    flush() {
        return this.sender.flush();
    }

    // -- answered -------------------------------------------------------------------

    onAnswered(records, answers) {
        this.replace(records);
        records.filter(isUndo).forEach((record) => this.markUndone(record.sent.of));
        this.tellTabs();
        this.bus.trigger("answered", {records, answers});
    }

    onLink(link, detail = "") {
        Object.assign(this.state, {link, linkDetail: detail});
    }

    /** Another request than the sender's has failed: it finds out when to go on. */
    onFailure(error) {
        this.sender.failed(error);
    }

    markUndone(uuid) {
        const record = this.find(uuid);
        if (record) {
            this.change(record, {state: UNDONE});
        }
    }

    /** The person has seen what came of it. */
    see(record) {
        return this.change(record, {isSeen: true});
    }

    /**
     * Once more what was refused. What the server has answered is a new event: it
     * answers each number once. What it could not take keeps its number.
     */
    async sendAgain(record) {
        if (record.answer?.isUnsent) {
            await this.change(record, {state: WAITING, isSeen: false});
            this.flush();
            return;
        }
        await this.see(record);
        await this.add(omit(record.sent, "uuid", "at", "device"));
    }

    async change(record, values) {
        const changed = {...record, ...values};
        this.replace([changed]);
        await this.database.putEvents([changed]);
        this.tellTabs();
    }

    replace(records) {
        const bySeq = new Map(records.map((record) => [record.seq, record]));
        this.show(this.state.records.map((one) => bySeq.get(one.seq) ?? one));
    }

    tellTabs() {
        this.channel.postMessage("changed");
    }

    // -- asked ----------------------------------------------------------------------

    find(uuid) {
        return this.state.records.find(({sent}) => sent.uuid === uuid);
    }
}

function isUndo({state, sent}) {
    return sent.kind === "undo" && state === APPLIED;
}

function waitingByUser(records, userId) {
    const counts = new Map();
    for (const one of records) {
        if (one.userId !== userId && one.state === WAITING) {
            const found = counts.get(one.userId) ?? {name: one.userName, count: 0};
            counts.set(one.userId, {...found, count: found.count + 1});
        }
    }
    return [...counts.values()];
}
