import {browser} from "@web/core/browser/browser";
import {LoggedOut, NotReached, OtherUser, Refusal} from "./server";
import {REFUSED, answered} from "./states";

/**
 * Sends what waits, in its order, until each is answered. Several tabs may be open: one
 * of them sends at a time. A scan that is sent twice is applied once, by its number.
 */
export class Sender {
    /** Events of one request. */
    static BATCH = 20;
    /** Ms to wait after a failure: the first, and at most. */
    static FIRST_PAUSE = 1000;
    static LONGEST_PAUSE = 30000;
    /** Faults of the server after which a scan is given back to the person. */
    static MOST_FAULTS = 5;

    /**
     * @param {Object} options
     * @param {import("./database").Database} options.database
     * @param {import("./server").Server} options.server
     * @param {number} options.userId
     * @param {(records: Object[], answers: Object[]) => void} options.onAnswered
     * @param {(link: string, detail?: string) => void} options.onLink told `ok`,
     *  `offline`, `logged_out`, `other_user` or `fault`
     */
    constructor({database, server, userId, onAnswered, onLink}) {
        Object.assign(this, {database, server, userId, onAnswered, onLink});
        this.failures = 0;
        this.faults = new Map();
    }

    /** Send all that waits; resolves when there is nothing more to be done now. */
    flush() {
        browser.clearTimeout(this.timer);
        this.isAskedAgain = true;
        this.running ??= this.run().finally(() => {
            this.running = null;
        });
        return this.running;
    }

    stop() {
        this.isStopped = true;
        browser.clearTimeout(this.timer);
    }

    async run() {
        while (this.isAskedAgain && !this.isStopped) {
            this.isAskedAgain = false;
            await alone(`farm_scan.${this.database.name}`, () => this.sendAll());
        }
    }

    async sendAll() {
        try {
            let records = await this.waiting();
            if (!records.length && this.failures) {
                await this.server.ask("menu");
                this.reached();
            }
            while (records.length && !this.isStopped) {
                await this.sendSome(records);
                this.reached();
                records = await this.waiting();
            }
        } catch (error) {
            this.failed(error);
        }
    }

    waiting() {
        return this.database.waitingEvents(this.userId, Sender.BATCH);
    }

    reached() {
        this.failures = 0;
        this.onLink("ok");
    }

    failed(error) {
        if (this.isStopped) {
            return;
        }
        this.onLink(linkOf(error), error.message);
        const longest = Sender.LONGEST_PAUSE;
        const pause = Math.min(Sender.FIRST_PAUSE * 2 ** this.failures, longest);
        this.failures++;
        this.timer = browser.setTimeout(() => this.flush(), pause);
    }

    // -- a request ------------------------------------------------------------------

    async sendSome(records) {
        try {
            await this.post(records);
        } catch (error) {
            if (isOfLink(error)) {
                throw error;
            }
            await this.sendEach(records, error);
        }
    }

    /** One of them is not to be had: each alone, so that it stops no other. */
    async sendEach(records, error) {
        if (records.length === 1) {
            await this.giveUp(records[0], error);
            return;
        }
        for (const record of records) {
            await this.sendSome([record]);
        }
    }

    async giveUp(record, error) {
        const {uuid} = record.sent;
        const count = (this.faults.get(uuid) ?? 0) + 1;
        this.faults.set(uuid, count);
        if (!(error instanceof Refusal) && count < Sender.MOST_FAULTS) {
            throw error;
        }
        this.faults.delete(uuid);
        const answer = {uuid, state: REFUSED, message: error.message, isUnsent: true};
        await this.settle([record], [answer]);
    }

    async post(records) {
        const answers = await this.server.ask("post", [records.map(({sent}) => sent)]);
        const byUuid = new Map(answers.map((answer) => [answer.uuid, answer]));
        const known = records.filter(({sent}) => byUuid.has(sent.uuid));
        if (!known.length) {
            throw new Error("The server has answered something else.");
        }
        const ofKnown = known.map(({sent}) => byUuid.get(sent.uuid));
        await this.settle(known, ofKnown);
    }

    async settle(records, answers) {
        const now = Date.now();
        const settled = records.map((record, at) => answered(record, answers[at], now));
        await this.database.putEvents(settled);
        this.onAnswered(settled, answers);
    }
}

function isOfLink(error) {
    return [NotReached, LoggedOut, OtherUser].some((kind) => error instanceof kind);
}

function linkOf(error) {
    if (error instanceof LoggedOut) {
        return "logged_out";
    }
    if (error instanceof OtherUser) {
        return "other_user";
    }
    return error instanceof NotReached ? "offline" : "fault";
}

/** Without locks (http) tabs may send the same twice, which does no harm. */
function alone(name, work) {
    const {locks} = browser.navigator;
    return locks ? locks.request(name, work) : work();
}
