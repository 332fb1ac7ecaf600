import {_t} from "@web/core/l10n/translation";
import {saidOf} from "../pick/pick_words";
import {effectOf, handsCount, nameOf} from "./count_local";
import {countedText} from "./count_words";

/** What a person does to a count: kept, sent, and said. */
export class CountEvents {
    /**
     * @param {import("../shared/work").Work} work
     * @param {import("../../app/scan").Scan} scan
     */
    constructor(work, scan) {
        Object.assign(this, {work, scan});
    }

    get isOffline() {
        return this.work.queueState.link === "offline";
    }

    /** A scan, with what the device makes of it. */
    async scanned(text, outcome, more = {}) {
        const told = {
            count: () => countedText(outcome),
            product: () => _t("Now the lot of %s", outcome.name),
        }[outcome.kind]?.();
        await this.work.postScan(text, {
            effect: outcome.effect,
            said: told ?? "",
            ...more,
        });
        this.say(told);
    }

    /** What a line comes to, typed. */
    typed(line, counted) {
        const {lot, product} = line;
        const outcome = countOf(line, counted);
        return this.scanned(lot?.name ?? product.barcodes[0] ?? product.name, outcome, {
            quantity: counted,
            product_id: product.id,
            choice: lot ? `lot,${lot.id}` : `product,${product.id}`,
            by: "touch",
        });
    }

    /** How many hands a bunch has; a blind count leaves to the server what they weigh. */
    async hands(line, hands) {
        const counted = handsCount(line, hands);
        const outcome = counted === null ? null : countOf(line, counted);
        const said = outcome && countedText(outcome);
        await this.work.post(
            {kind: "hands", text: "", line_id: line.id, quantity: hands},
            {said: said ?? "", effect: outcome?.effect}
        );
        this.say(said);
    }

    async recount(line) {
        const said = _t("%s is counted again.", nameOf(line));
        await this.work.post(
            {kind: "recount", text: "", line_id: line.id},
            {said, effect: {recount: line.id}}
        );
        this.scan.say("right", said);
    }

    /**
     * @param {"finish"|"apply"} kind
     * @returns {Promise<boolean>} whether it waits for a network
     */
    async end(kind, said, now) {
        const {isOffline} = this;
        const effect = isOffline ? {} : undefined;
        await this.work.post({kind, text: ""}, {said, effect});
        const later = _t("Will be finished once there is a network.");
        this.scan.say(isOffline ? "attention" : "info", isOffline ? later : now);
        return isOffline;
    }

    say(told) {
        const said = told
            ? {tone: "right", text: told}
            : saidOf({kind: "ask"}, this.isOffline);
        this.scan.say(said.tone, said.text);
    }
}

function countOf(line, counted) {
    return {
        kind: "count",
        line,
        name: nameOf(line),
        counted,
        effect: effectOf(line, counted),
    };
}
