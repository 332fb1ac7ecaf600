import {markRaw, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {omit} from "@web/core/utils/objects";
import {useScan} from "../../app/hooks";
import {Refusal} from "../../queue/server";
import {lastOf, questionOf, recordsOf, waitingOf} from "../../queue/records";
import {overlaid, undone} from "./sheet";

/** Ms after which a document that nobody scans for is asked for again. */
const REFRESH = 15000;

/**
 * Work on one document: its sheet as the server gave it last, what waits on top of it,
 * and what was scanned just before.
 */
export class Work {
    /**
     * @param {import("../../app/scan").Scan} scan
     * @param {string} scenario
     * @param {number|null} documentId
     */
    constructor(scan, scenario, documentId) {
        Object.assign(this, {scan: markRaw(scan), scenario, documentId});
        this.base = null;
        this.isLoaded = false;
        this.problem = "";
        this.context = {};
        this.typed = null;
        this.queueState = scan.queue.state;
        this.isFinished = false;
    }

    // -- the sheet ------------------------------------------------------------------

    /** From the device at once, and anew from the server. */
    async load() {
        const {scan, scenario, documentId} = this;
        this.lay(await scan.keptSheet(scenario, documentId));
        this.isLoaded = Boolean(this.base);
        await this.refresh();
        this.isLoaded = true;
    }

    /** What others have done to it meanwhile: another picker, or the office. */
    async refresh() {
        const {scan, scenario, documentId} = this;
        try {
            const key = ["sheet", scenario, documentId];
            const {answer} = await scan.ask(key, "open", [scenario, documentId]);
            this.lay(answer);
            this.problem = "";
        } catch (error) {
            if (!(error instanceof Refusal)) {
                throw error;
            }
            this.problem = error.message;
        }
    }

    /** Sheets are never changed, only made anew: nobody need watch their lines. */
    lay(sheet) {
        this.base = sheet ? markRaw(sheet) : this.base;
    }

    /** Whether the server can be asked now, with nothing on its way to it. */
    get isQuiet() {
        const isSeen = document.visibilityState === "visible";
        return isSeen && this.queueState.link === "ok" && !this.waiting.length;
    }

    get sheet() {
        return this.base && overlaid(this.base, this.waiting);
    }

    get queued() {
        return this.queueState.records;
    }

    get waiting() {
        return waitingOf(this.queued, this.scenario, this.documentId);
    }

    get question() {
        return questionOf(this.queued, this.scenario, this.documentId);
    }

    get last() {
        return lastOf(this.queued, this.scenario, this.documentId);
    }

    // -- events ---------------------------------------------------------------------

    /**
     * Keep and send an event of this document.
     *
     * @param {Object} event `kind`, `text`, …
     * @param {Object} [more] `effect` and `said`, see `ScanQueue`
     */
    async post(event, more = {}) {
        const {scenario, documentId} = this;
        const whole = {kind: "scan", scenario, document_id: documentId, ...event};
        return this.scan.queue.add(whole, more);
    }

    /** What was scanned, with what was scanned before it. */
    async postScan(text, {effect, said, ...more} = {}) {
        const event = {text, ...this.known(), ...more};
        const record = await this.post(event, {effect, said});
        this.typed = null;
        Object.assign(this.context, effect?.context);
        return record;
    }

    known() {
        const found = {...this.context, quantity: this.typed};
        return Object.fromEntries(
            Object.entries(found).filter(
                ([, value]) => value !== null && value !== undefined
            )
        );
    }

    async undo() {
        const record = this.last;
        if (!record) {
            this.scan.say("attention", _t("There is nothing to take back."));
            return;
        }
        const effect = record.effect ? undone(record.effect, record.answer) : undefined;
        const said = _t("Taken back: %s", record.said || record.message);
        await this.post(
            {kind: "undo", text: record.sent.text, of: record.sent.uuid},
            {effect, said}
        );
        this.scan.say("right", said);
    }

    /** Answer a question of the server: the same event again, with the answer. */
    async reply(record, answer) {
        const event = omit(record.sent, "uuid", "at", "device");
        await this.scan.queue.see(record);
        await this.scan.queue.add({...event, ...answer}, {said: record.said});
    }

    // -- answers --------------------------------------------------------------------

    onAnswered({records, answers}) {
        records.forEach((record, at) => {
            const {sent} = record;
            if (
                sent.scenario === this.scenario &&
                sent.document_id === this.documentId
            ) {
                this.take(record, answers[at]);
            }
        });
    }

    take(record, answer) {
        if (answer.sheet && !answer.open) {
            this.lay(answer.sheet);
        }
        this.remember(record, answer);
        if (answer.finished) {
            this.isFinished = true;
        }
        this.onAnswer?.(record, answer);
    }

    /**
     * Where the person stands, and at what, for the next scans. What a later scan has
     * said of it stands, however late this answer is.
     */
    remember({seq}, answer) {
        const own = recordsOf(this.queued, this.scenario, this.documentId);
        const later = own.filter((one) => one.seq > seq);
        for (const name of ["location_id", "product_id", "picking_id"]) {
            const isSaid = later.some((one) => name in (one.effect?.context ?? {}));
            if (answer[name] && !isSaid) {
                this.context[name] = answer[name];
            }
        }
    }
}

/**
 * @param {Object} props of a scenario's screen: `scenario`, `documentId`
 * @param {Object} [options]
 * @param {(record: Object, answer: Object) => void} [options.onAnswer]
 * @returns {Work} reactive
 */
export function useWork({scenario, documentId}, {onAnswer} = {}) {
    const scan = useScan();
    const work = useState(new Work(scan, scenario, documentId));
    // Read by the screen: it is drawn anew when the queue changes.
    work.queueState = useState(scan.queue.state);
    work.onAnswer = onAnswer;
    const listener = ({detail}) => work.onAnswered(detail);
    let timer = null;
    onMounted(() => {
        scan.bus.addEventListener("answered", listener);
        if (documentId) {
            work.load();
            timer = browser.setInterval(() => work.isQuiet && work.refresh(), REFRESH);
        }
    });
    onWillUnmount(() => {
        browser.clearInterval(timer);
        scan.bus.removeEventListener("answered", listener);
    });
    return work;
}
