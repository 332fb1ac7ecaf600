import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../app/hooks";
import {quantityText} from "../../app/numbers";
import {CameraPanel} from "../../camera/camera_panel/camera_panel";
import {CodeEntry} from "../../shell/code_entry/code_entry";
import {Header} from "../../shell/header/header";
import {Icon} from "../../shell/icon/icon";
import {Keypad} from "../../shell/keypad/keypad";
import {MessageStrip} from "../../shell/message_strip/message_strip";
import {Panel} from "../../shell/panel/panel";
import {FinishPanel} from "../shared/finish_panel/finish_panel";
import {LineList} from "../shared/line_list/line_list";
import {QuestionPanel} from "../shared/question_panel/question_panel";
import {leftOf, progressOf} from "../shared/sheet";
import {useWork} from "../shared/work";
import {PickTask} from "./pick_task/pick_task";
import {nextLine, resolvePick} from "./pick_local";
import {takeLine} from "./pick_take";
import {saidOf} from "./pick_words";

/** Outcomes that need no server: what they say is true whatever it knows. */
const TOLD_ONLY = new Set(["same"]);
/** What the device believes to be wrong; the server knows whether it still is. */
const DOUBTED = new Set(["full", "many"]);

/**
 * Picks one transfer.
 *
 * 1. the screen leads to the next place and says what to take there
 * 2. what is scanned shows at once and is sent; what the device cannot tell, the server
 *    is asked
 * 3. what the server asks back, the person answers
 * 4. finished, with what is short
 */
export class PickWork extends Component {
    static template = "farm_traceability_scan.PickWork";
    static components = {
        CameraPanel,
        CodeEntry,
        FinishPanel,
        Header,
        Icon,
        Keypad,
        LineList,
        MessageStrip,
        Panel,
        PickTask,
        QuestionPanel,
    };
    static props = {scenario: String, documentId: Number};

    /** Whether lines stand by their packages before they are packed here. */
    byPackage = false;

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
        this.work = useWork(this.props, {onAnswer: this.onAnswer.bind(this)});
        this.state = useState({panel: "", chosenLine: null, leftQuestions: []});
        useScanTarget({
            onScan: (look) => this.onScan(look),
            onCommand: (name, value) => this.onCommand(name, value),
        });
    }

    // -- shown ----------------------------------------------------------------------

    get sheet() {
        return this.work.sheet;
    }

    get line() {
        const {sheet, state, work} = this;
        const chosen = sheet.lines.find(({id}) => id === state.chosenLine);
        return chosen && leftOf(chosen) ? chosen : nextLine(sheet, work.context);
    }

    /** The package that what is scanned goes into. */
    get openPackage() {
        return this.sheet.open_package;
    }

    get progress() {
        return progressOf(this.sheet);
    }

    /** Whether something is scanned that is in no package yet. */
    get hasLoose() {
        return this.sheet.lines.some(
            ({scanned, packed, package: whole}) => scanned && !packed && !whole
        );
    }

    get isOffline() {
        return this.queue.link === "offline";
    }

    get question() {
        const {question} = this.work;
        return question && !this.state.leftQuestions.includes(question.seq)
            ? question
            : null;
    }

    get prompt() {
        if (!this.line) {
            return _t("All is scanned: finish");
        }
        const {product_id: productId} = this.work.context;
        return productId ? _t("Scan the lot") : _t("Scan the lot, or the place first");
    }

    get takeText() {
        const quantity = this.work.typed ?? leftOf(this.line);
        return _t("Take %(quantity)s %(unit)s", {
            quantity: quantityText(quantity),
            unit: this.line.unit,
        });
    }

    // -- scanned --------------------------------------------------------------------

    async onScan(look) {
        const {sheet, work} = this;
        if (!sheet) {
            this.scan.say(
                "attention",
                _t("Wait until the transfer is here, then scan again.")
            );
            return true;
        }
        const outcome = resolvePick(sheet, work.context, look, work.typed);
        const said = saidOf(outcome, this.isOffline);
        if (this.isToldOnly(outcome)) {
            this.scan.say(said.tone, said.text);
            return true;
        }
        const isSure = Boolean(outcome.effect);
        const shown = isSure ? said : saidOf({kind: "ask"}, this.isOffline);
        await work.postScan(look.text, {
            effect: outcome.effect,
            said: isSure ? said.text : "",
        });
        this.state.chosenLine = null;
        this.scan.say(shown.tone, shown.text);
        return true;
    }

    isToldOnly({kind}) {
        return TOLD_ONLY.has(kind) || (DOUBTED.has(kind) && this.isOffline);
    }

    /** By touch: what lies before the person, as if it had been scanned. */
    async onTake() {
        const {line, work} = this;
        const quantity = work.typed ?? leftOf(line);
        const text = line.lot?.name ?? line.product.barcodes[0] ?? line.product.name;
        const kind = line.lot ? "lot" : "product";
        const found = line.lot ?? line.product;
        const outcome = takeLine(this.sheet, line, quantity);
        const {tone, text: said} = saidOf(outcome, this.isOffline);
        if (!outcome.effect) {
            this.scan.say(tone, said);
            return;
        }
        await work.postScan(text, {
            said,
            quantity,
            choice: `${kind},${found.id}`,
            product_id: line.product.id,
            location_id: line.location.id,
            line_id: line.id,
            by: "touch",
            effect: outcome.effect,
        });
        this.state.chosenLine = null;
        this.scan.say(tone, said);
    }

    onAnswer(record, answer) {
        if (answer.package && record.effect) {
            this.scan.say("right", answer.message);
        }
        if (answer.finished) {
            this.scan.openList(this.props.scenario);
        } else if (answer.open) {
            const {scenario} = this.props;
            this.scan.router.go("work", {scenario, documentId: answer.open});
        }
    }

    reply(record, answer) {
        return this.work.reply(record, answer);
    }

    /** A scan stays in the log, to be answered later; an end is asked for anew. */
    async leaveQuestion() {
        const {question} = this;
        if (question.sent.kind === "finish") {
            await this.scan.queue.see(question);
        } else {
            this.state.leftQuestions.push(question.seq);
        }
    }

    // -- buttons and codes ----------------------------------------------------------

    async onCommand(name, value) {
        const act = {
            UNDO: () => this.work.undo(),
            FINISH: () => this.show("finish"),
            LIST: () => this.show("lines"),
            PACK: () => this.pack(),
            QTY: () => this.setTyped(Number(value.replace(",", "."))),
            OK: () => this.onOk(),
        }[name];
        await act?.();
        return Boolean(act);
    }

    /** One code goes through all of it by hand: take, and at the end finish. */
    onOk() {
        return this.line ? this.onTake() : this.show("finish");
    }

    show(panel) {
        this.state.panel = panel;
    }

    close() {
        this.state.panel = "";
    }

    setTyped(quantity) {
        this.work.typed = quantity > 0 ? quantity : null;
        this.close();
    }

    chooseLine(line) {
        this.state.chosenLine = line.id;
        Object.assign(this.work.context, {
            location_id: line.location.id,
            picking_id: line.into?.id,
        });
        this.close();
    }

    /** What is loose: into the open package, else into a new one. */
    async pack() {
        if (!this.hasLoose) {
            this.scan.say(
                "wrong",
                _t("Nothing is loose: scan what goes into the package first.")
            );
            return;
        }
        await this.work.post(
            {kind: "pack", text: ""},
            {said: _t("Packed"), effect: {takes: [], isPack: true}}
        );
        this.scan.say(this.isOffline ? "attention" : "info", _t("Packing…"));
    }

    async finish() {
        this.close();
        const {isOffline} = this;
        const said = _t("%s is finished.", this.sheet.document.name);
        await this.work.post(
            {kind: "finish", text: ""},
            {said, effect: isOffline ? {} : undefined}
        );
        if (isOffline) {
            this.scan.say("attention", _t("Will be finished once there is a network."));
            this.scan.openList(this.props.scenario);
        } else {
            this.scan.say("info", _t("Finishing…"));
        }
    }
}

registry.category("farm_scan_scenarios").add("pick", {Work: PickWork, icon: "pick"});
