import {Component, onMounted, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../app/hooks";
import {WAITING} from "../../queue/states";
import {recordsOf} from "../../queue/records";
import {Icon} from "../../shell/icon/icon";
import {Keypad} from "../../shell/keypad/keypad";
import {saidOf} from "../pick/pick_words";
import {ChoosePanel} from "../shared/choose_panel/choose_panel";
import {useWork} from "../shared/work";
import {WorkScreen} from "../shared/work_screen/work_screen";
import {choiceAt, loadChoices, wordsOf} from "./move_choices";
import {MoveTask} from "./move_task/move_task";
import {promptOf, stepOf} from "./move_steps";

/**
 * Moves something: item, source and destination, in any order that makes sense.
 *
 * What is known so far comes with each answer (`draft`) and goes back with the next
 * scan. While a scan waits for its answer, the next one names it instead (`of`).
 */
export class MoveWork extends Component {
    static template = "farm_traceability_scan.MoveWork";
    static components = {ChoosePanel, Icon, Keypad, MoveTask, WorkScreen};
    static props = {
        scenario: String,
        documentId: {type: [Number, {value: null}], optional: true},
    };

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
        this.work = useWork(
            {scenario: this.props.scenario, documentId: null},
            {onAnswer: this.onAnswer.bind(this)}
        );
        this.state = useState({
            draft: {},
            free: undefined,
            near: [],
            typed: null,
            panel: "",
            choices: null,
            done: [],
        });
        onMounted(() => this.takeNext());
        useScanTarget({
            onScan: ({text}) => this.onScan(text),
            onCommand: (name, value) => this.onCommand(name, value),
        });
    }

    // -- shown ----------------------------------------------------------------------

    get title() {
        return this.scan.titleOf(this.props.scenario);
    }

    get step() {
        return stepOf(this.state.draft);
    }

    get prompt() {
        return promptOf(this.step);
    }

    get choiceKind() {
        return choiceAt(this.step, this.state.draft, Boolean(this.waitingBefore));
    }

    get words() {
        return wordsOf(this.choiceKind);
    }

    get hasBegun() {
        return Object.values(this.state.draft).some(Boolean);
    }

    get tools() {
        const {draft} = this.state;
        return [
            {
                name: "quantity",
                icon: "keypad",
                label: _t("Quantity"),
                isOff: this.step === "item" || Boolean(draft.package_id),
                run: () => this.show("keypad"),
            },
            {
                name: "again",
                icon: "undo",
                label: _t("Start again"),
                isOff: !this.hasBegun,
                run: () => this.begin(),
            },
        ];
    }

    // -- scanned --------------------------------------------------------------------

    takeNext() {
        const {next} = this.scan;
        this.scan.next = null;
        if (next) {
            this.onScan(next.text, {choice: next.choice});
        }
    }

    async onScan(text, more = {}) {
        const {draft, typed} = this.state;
        this.close();
        const before = this.waitingBefore;
        const known = before ? {of: before.sent.uuid} : {draft: {...draft}};
        const quantity = typed === null ? {} : {quantity: typed};
        await this.work.post({text, ...known, ...quantity, ...more});
        const said = saidOf({kind: "ask"}, this.queue.link === "offline");
        this.scan.say(said.tone, said.text);
        return true;
    }

    get waitingBefore() {
        const own = recordsOf(this.queue.records, this.props.scenario, null);
        return own.findLast(({state}) => state === WAITING);
    }

    onAnswer(record, {state, draft, free, near, done, message}) {
        if (state !== "applied") {
            return;
        }
        Object.assign(this.state, {
            draft: draft ?? {},
            free,
            near: near ?? [],
        });
        if (done) {
            this.state.typed = null;
            this.state.done.unshift({key: record.sent.uuid, message, name: done});
        }
    }

    // -- buttons and codes ----------------------------------------------------------

    async onCommand(name, value) {
        const act = {
            UNDO: () => this.begin(),
            LIST: () => this.showChoices(),
            QTY: () => this.setTyped(Number(value.replace(",", "."))),
        }[name];
        await act?.();
        return Boolean(act);
    }

    /** Nothing is done before the destination is scanned. */
    begin() {
        this.close();
        Object.assign(this.state, {
            draft: {},
            free: undefined,
            near: [],
            typed: null,
        });
        this.scan.hush();
    }

    setTyped(quantity) {
        this.state.typed = quantity > 0 ? quantity : null;
        this.close();
    }

    async showChoices() {
        const {draft, near} = this.state;
        this.show("choices");
        this.state.choices = null;
        const kind = this.choiceKind;
        this.state.choices = await loadChoices(this.scan, kind, draft, near);
    }

    choose({key, text, product_id: productId}) {
        return this.onScan(text, {
            choice: key,
            by: "touch",
            ...(productId && {product_id: productId}),
        });
    }

    show(panel) {
        this.state.panel = panel;
    }

    close() {
        this.state.panel = "";
    }
}

registry.category("farm_scan_scenarios").add("move", {Work: MoveWork, icon: "move"});
