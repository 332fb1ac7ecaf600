import {useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {Icon} from "../../shell/icon/icon";
import {Keypad} from "../../shell/keypad/keypad";
import {Panel} from "../../shell/panel/panel";
import {saidOf} from "../pick/pick_words";
import {DocumentWork} from "../shared/document_work";
import {FinishPanel} from "../shared/finish_panel/finish_panel";
import {WorkScreen} from "../shared/work_screen/work_screen";
import {Arrivals} from "./arrivals/arrivals";
import {AskedAmount} from "./asked_amount";
import {postLabel} from "./post_label";
import {Receipt} from "./receipt";
import {keyOf, resolveReceive, touched} from "./receive_local";
import {isTracked, mainOf, promptOf, receivedText} from "./receive_words";
import {ReceiveTask} from "./receive_task/receive_task";

/** With this the server prints labels of all lots once it has finished a receipt. */
const LABELS = "labels";

/**
 * Receives one transfer.
 *
 * 1. a lot is scanned, with all in one symbol; or the product, then the lot's name
 * 2. its quantity comes from the symbol, by counting scans, or is typed
 * 3. what the server asks back, the person answers
 * 4. its label is printed; into a package
 * 5. finished, what did not come stays in a backorder
 */
export class ReceiveWork extends DocumentWork {
    static template = "farm_traceability_scan.ReceiveWork";
    static components = {
        Arrivals,
        FinishPanel,
        Icon,
        Keypad,
        Panel,
        ReceiveTask,
        WorkScreen,
    };
    static start = {panel: "", lotKey: ""};

    setup() {
        super.setup();
        this.amount = new AskedAmount(this.scan);
        this.asking = useState(this.amount.state);
        this.receipt = new Receipt(this.work, this.state);
    }

    // -- shown ----------------------------------------------------------------------

    get prompt() {
        return promptOf(this.receipt);
    }

    get main() {
        return mainOf(this.receipt, this.work.typed);
    }

    // -- scanned --------------------------------------------------------------------

    async onDocumentScan(look) {
        const {base, context, typed} = this.work;
        this.close();
        const known = {
            groups: this.receipt.groups,
            isAnnounced: base.announced,
            productId: context.product_id ?? null,
        };
        const outcome = resolveReceive(known, look, typed);
        const isAsked =
            outcome.kind === "amount" &&
            (await this.amount.isItem(look, known.productId));
        if (isAsked) {
            this.amount.ask(look, outcome);
        } else {
            await this.send(look.text, outcome);
        }
    }

    async answerAmount(quantity) {
        this.work.typed = quantity;
        await this.onDocumentScan(this.amount.take());
    }

    leaveAmount() {
        this.amount.leave();
    }

    async send(text, {kind, group, name, quantity, effect}, more = {}) {
        const {typed} = this.work;
        const told = {
            receive: () => receivedText(quantity, group, name),
            product: () => _t("Now the lot of %s", name),
        }[kind]?.();
        await this.work.postScan(text, {
            effect,
            said: told ?? "",
            quantity: typed ?? undefined,
            ...more,
        });
        if (effect?.takes) {
            this.state.lotKey = effect.takes[0].line;
        } else if (kind === "product") {
            this.state.lotKey = "";
        }
        const said = told
            ? {tone: "right", text: told}
            : saidOf({kind: "ask"}, this.isOffline);
        this.scan.say(said.tone, said.text);
    }

    onAnswer(record, answer) {
        super.onAnswer(record, answer);
        if (answer.line_id && !answer.open && !record.effect) {
            this.showLine(answer);
        }
    }

    /** The lot that the server has made of a scan. */
    showLine({line_id: lineId, sheet}) {
        const line = sheet?.lines.find(({id}) => id === lineId);
        if (line) {
            this.state.lotKey = keyOf(line.product.id, line.lot_name);
        }
    }

    // -- buttons and codes ----------------------------------------------------------

    get commands() {
        return {
            ...super.commands,
            LABEL: (value) => this.onLabel(Number(value)),
            PACK: () => this.pack(),
        };
    }

    onOk() {
        const {group, lot} = this.receipt;
        const {command, next} = this.main;
        if (command === "FINISH") {
            return this.show("finish");
        }
        if (next) {
            return this.choose(next);
        }
        if (!lot?.name && isTracked(group)) {
            return this.show("type");
        }
        if (this.work.typed === null && !group.isCounted) {
            return this.show("quantity");
        }
        return this.onReceive();
    }

    /** By touch: one more, or what is typed, of what is shown. */
    async onReceive() {
        const {work, receipt} = this;
        work.typed ??= receipt.group.one;
        const {text, outcome, more} = touched(receipt, work.typed, work.base.announced);
        await this.send(text, outcome, more);
    }

    choose(group, lot) {
        this.work.context.product_id = group.id;
        this.state.lotKey = lot?.key ?? "";
        this.close();
        this.scan.hush();
    }

    /** `FARM:LABEL` asks how many, `FARM:LABEL:3` prints; before the end it is for all. */
    onLabel(copies = 0) {
        if (this.state.panel === "finish") {
            return this.finishWithLabels();
        }
        if (!this.receipt.lot?.name) {
            this.scan.say("wrong", _t("Scan or choose a lot first, then its label."));
            return undefined;
        }
        return copies > 0 ? this.printLabel(copies) : this.show("label");
    }

    async printLabel(copies) {
        const {group, lot} = this.receipt;
        this.close();
        await postLabel(this.work, {group, lot, copies}, this.isOffline);
    }

    async finishWithLabels() {
        if (this.receipt.hasLots) {
            await this.end({confirm: LABELS});
        }
    }
}

registry
    .category("farm_scan_scenarios")
    .add("receive", {Work: ReceiveWork, icon: "receive"});
