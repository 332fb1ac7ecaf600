import {EventBus, reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {NotReached, Refusal} from "../queue/server";
import {REFUSED} from "../queue/states";
import {lookAt} from "../reading/look";
import {commandOf} from "./commands";

/** Ms within which a refusal is told to the person who still stands there. */
const LIVE = 5000;
/** Ms after which a page that draws nothing is not waited for. */
const UNDRAWN = 100;
/** Tones of answers, the most urgent first. */
const URGENCY = ["wrong", "attention", "right"];
const TONES = {refused: "wrong", asked: "attention"};

/**
 * What all screens share: where the person is, what was scanned, what was said last.
 *
 * Whatever reads symbols or tags tells it by `feed`; the screen on top takes it. What
 * reads is in the registry `farm_scan_handlers`: objects with `start(feed, scan)`, which
 * gives back how to stop.
 */
export class Scan {
    /**
     * @param {Object} parts `device`, `server`, `database`, `queue`, `router`, `signals`,
     *  `user`
     */
    constructor(parts) {
        Object.assign(this, parts);
        this.bus = new EventBus();
        this.said = reactive({tone: "", text: "", count: 0});
        this.typing = reactive({text: ""});
        this.menu = reactive({entries: [], isLoaded: false});
        this.targets = [];
        this.tail = Promise.resolve();
        this.queue.bus.addEventListener("answered", ({detail}) =>
            this.onAnswered(detail)
        );
    }

    start() {
        this.router.start();
        const handlers = registry.category("farm_scan_handlers").getAll();
        this.stops = handlers.map((handler) =>
            handler.start(this.feed.bind(this), this)
        );
    }

    stop() {
        this.stops?.forEach((stop) => stop?.());
        this.router.stop();
        this.queue.stop();
    }

    // -- what is scanned ------------------------------------------------------------

    /**
     * A scan, or what else says what lies before the person. It is for the screen as
     * the one before it has left it: a panel that was asked for is there.
     *
     * @param {string} text
     * @param {string} [source] such as `wedge`, `camera`, `rfid`
     * @returns {Promise<void>} when the screen has taken it; one after another
     */
    feed(text, source = "wedge") {
        const taken = this.tail.then(() => this.take(text, source));
        const told = taken.catch((error) => this.onFault(error));
        this.tail = told.then(drawn);
        return told;
    }

    async take(text, source) {
        const look = lookAt(text);
        const command = commandOf(look.text);
        if (command) {
            await this.run(command.name, command.value);
        } else if (look.text) {
            await this.offer("onScan", look, source);
        }
    }

    /** A command, scanned or of a button. */
    async run(name, value = "") {
        if (await this.offer("onCommand", name, value)) {
            return;
        }
        if (!this.runAnywhere(name)) {
            this.say("wrong", _t("“%s” does nothing here.", `FARM:${name}`));
        }
    }

    runAnywhere(name) {
        const scenario = this.menu.entries.find(
            ({code, within}) => !within && code.toUpperCase() === name
        );
        if (name === "LOG") {
            this.router.go("log");
        } else if (name === "BACK") {
            this.hush();
            this.router.up((code) => this.listOf(code));
        } else if (scenario) {
            this.openScenario(scenario);
        } else {
            return false;
        }
        return true;
    }

    openScenario({code, has_documents: hasDocuments = true}) {
        this.router.go(hasDocuments ? "list" : "work", {scenario: code});
    }

    /** In whose list documents stand: of their own work, or of what it is within. */
    listOf(scenario) {
        const entry = this.menu.entries.find(({code}) => code === scenario);
        return entry?.within || scenario;
    }

    openList(scenario) {
        this.router.go("list", {scenario: this.listOf(scenario)});
    }

    /** The screen on top takes it, else the one below it. */
    async offer(method, ...args) {
        for (const target of [...this.targets].reverse()) {
            const isTaken = target[method] && (await target[method](...args));
            if (isTaken !== false && target[method]) {
                return true;
            }
        }
        return false;
    }

    // -- what is said ---------------------------------------------------------------

    /** @param {"right"|"wrong"|"attention"|"info"} tone */
    say(tone, text, {isSilent = false} = {}) {
        Object.assign(this.said, {
            tone,
            text: String(text),
            count: this.said.count + 1,
        });
        if (!isSilent) {
            this.signals.give(tone);
        }
    }

    hush() {
        Object.assign(this.said, {tone: "", text: ""});
    }

    onFault(error) {
        console.error(error);
        this.say("wrong", _t("The screen has a fault: %s", error.message));
    }

    /** Of several answers at once the most urgent is said. */
    onAnswered({records, answers}) {
        const told = records.map((record, at) => this.toTell(record, answers[at]));
        const worst = URGENCY.map((tone) => told.findLast((one) => one?.tone === tone));
        const first = worst.find(Boolean);
        if (first) {
            this.say(first.tone, first.text);
            this.seeLive(records[told.indexOf(first)]);
        }
        this.keepSheets(records, answers);
        this.bus.trigger("answered", {records, answers});
    }

    /** A refusal right after the scan has been seen: it is on the screen. */
    seeLive(record) {
        const isLive = !record.wasOffline && record.answeredAt - record.sent.at < LIVE;
        if (
            record.state === REFUSED &&
            isLive &&
            document.visibilityState === "visible"
        ) {
            this.queue.see(record);
        }
    }

    /** Sheets come fresh with the answers, also of what is not open now; the last is kept. */
    keepSheets(records, answers) {
        const last = new Map();
        records.forEach(({sent}, at) => {
            const {sheet, open, finished} = answers[at];
            const key = [
                this.user.id,
                "sheet",
                sent.scenario,
                open ?? sent.document_id,
            ];
            if (sheet || finished) {
                last.set(key.join(), {key, sheet: finished ? null : sheet});
            }
        });
        for (const {key, sheet} of last.values()) {
            if (sheet) {
                this.database.keep(key, sheet);
            } else {
                this.database.drop(key);
            }
        }
    }

    /** What a person has not been told yet of an answer. */
    toTell(record, {state, message}) {
        const tone = TONES[state] ?? "right";
        const isKnown = tone === "right" && record.effect;
        return isKnown || !message ? null : {tone, text: message};
    }

    // -- what the server knows ------------------------------------------------------

    /**
     * Ask the server; without network give what it said last.
     *
     * @param {Array} key under which the answer is kept on the device
     * @returns {Promise<{answer: any, isFresh: boolean}>} `answer` is undefined where
     *  nothing is known
     * @throws {Refusal}
     */
    async ask(key, method, args = []) {
        const kept = [this.user.id, ...key];
        try {
            const answer = await this.server.ask(method, args);
            this.queue.onLink("ok");
            await this.database.keep(kept, answer);
            return {answer, isFresh: true};
        } catch (error) {
            if (error instanceof Refusal) {
                throw error;
            }
            this.queue.onFailure(error);
            if (!(error instanceof NotReached)) {
                console.warn(error.message);
            }
            return {answer: await this.database.kept(kept), isFresh: false};
        }
    }

    async loadMenu() {
        const kept = await this.database.kept([this.user.id, "menu"]);
        if (kept && !this.menu.isLoaded) {
            Object.assign(this.menu, {entries: kept, isLoaded: true});
        }
        const {answer} = await this.ask(["menu"], "menu");
        Object.assign(this.menu, {entries: answer ?? [], isLoaded: true});
    }

    titleOf(scenario) {
        return this.menu.entries.find(({code}) => code === scenario)?.title ?? "";
    }

    keepSheet(scenario, documentId, sheet) {
        return this.database.keep([this.user.id, "sheet", scenario, documentId], sheet);
    }

    keptSheet(scenario, documentId) {
        return this.database.kept([this.user.id, "sheet", scenario, documentId]);
    }
}

/** Until the page shows what has changed; one that nobody sees shows nothing. */
async function drawn() {
    if (document.visibilityState === "visible") {
        await new Promise((resolve) => {
            browser.requestAnimationFrame(resolve);
            browser.setTimeout(resolve, UNDRAWN);
        });
    }
}
