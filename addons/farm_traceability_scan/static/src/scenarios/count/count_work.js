import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../app/hooks";
import {Icon} from "../../shell/icon/icon";
import {Keypad} from "../../shell/keypad/keypad";
import {Panel} from "../../shell/panel/panel";
import {useWork} from "../shared/work";
import {WorkScreen} from "../shared/work_screen/work_screen";
import {ApplyPanel} from "./apply_panel/apply_panel";
import {CountList} from "./count_list/count_list";
import {CountEvents} from "./count_events";
import {countedSheet, nameOf, resolveCount} from "./count_local";
import {mainOf} from "./count_main";
import {CountTask} from "./count_task/count_task";

/**
 * Counts a place.
 *
 * 1. every scan of a lot counts one more, at once; or what it comes to is typed
 * 2. what differs is seen, unless the count is blind; a line can be counted anew
 * 3. finished: what was not found is asked, and then is none
 * 4. applied, by who may
 */
export class CountWork extends Component {
    static template = "farm_traceability_scan.CountWork";
    static components = {
        ApplyPanel,
        CountList,
        CountTask,
        Icon,
        Keypad,
        Panel,
        WorkScreen,
    };
    static props = {scenario: String, documentId: Number};

    setup() {
        this.scan = useScan();
        this.work = useWork(this.props, {onAnswer: this.onAnswer.bind(this)});
        this.events = new CountEvents(this.work, this.scan);
        this.state = useState({panel: "", lineId: null});
        useScanTarget({
            onScan: (look) => this.onScan(look),
            onCommand: (name, value) => this.onCommand(name, value),
        });
    }

    // -- shown ----------------------------------------------------------------------

    get sheet() {
        const {base, waiting} = this.work;
        return base && countedSheet(base, waiting);
    }

    get title() {
        return this.work.base?.document.name ?? this.scan.titleOf(this.props.scenario);
    }

    get line() {
        return this.sheet?.lines.find(({id}) => id === this.state.lineId);
    }

    get progress() {
        const {blind, lines} = this.sheet ?? {lines: []};
        const done = lines.filter(({counted}) => counted !== null).length;
        return blind ? undefined : {done, all: lines.length};
    }

    get isAllCounted() {
        const {progress} = this;
        return Boolean(progress?.all) && progress.done === progress.all;
    }

    get prompt() {
        return this.isAllCounted ? _t("All is counted: finish") : _t("Scan each piece");
    }

    get hasHands() {
        const {line} = this;
        return Boolean(line?.has_hands) && !line.package;
    }

    get name() {
        return nameOf(this.line);
    }

    get tools() {
        return [
            {
                name: "quantity",
                icon: "keypad",
                label: _t("Quantity"),
                isOff: !this.line || Boolean(this.line.package),
                run: () => this.show("keypad"),
            },
            {
                name: "lines",
                icon: "list",
                label: _t("Lines"),
                isNarrow: true,
                run: () => this.show("lines"),
            },
            {
                name: "finish",
                icon: "flag",
                label: _t("Finish"),
                run: () => this.finish(),
            },
        ];
    }

    get main() {
        return mainOf(this.line, this.isAllCounted);
    }

    // -- scanned --------------------------------------------------------------------

    async onScan(look) {
        const {sheet, work} = this;
        if (!sheet) {
            this.scan.say(
                "attention",
                _t("Wait until the place is here, then scan again.")
            );
            return true;
        }
        this.close();
        const outcome = resolveCount(sheet, work.context, look, work.typed);
        const act = {
            same: () => this.sayPlace(outcome),
            amount: () => this.askAmount(outcome.line),
        }[outcome.kind];
        if (act) {
            return act();
        }
        await this.events.scanned(look.text, outcome);
        this.state.lineId = outcome.line?.id ?? this.state.lineId;
        return true;
    }

    sayPlace({name}) {
        this.scan.say("info", _t("This is %s already.", name));
        return true;
    }

    /** What is weighed is not counted by scans. */
    askAmount(line) {
        this.state.lineId = line.id;
        this.show("keypad");
        this.scan.say("info", _t("How much of %s?", this.name));
        return true;
    }

    onAnswer(record, answer) {
        const {kind} = record.sent;
        const {scenario} = this.props;
        if (kind === "finish" && answer.finished && this.sheet?.may_apply) {
            this.show("apply");
        } else if (answer.finished) {
            this.scan.router.go("list", {scenario});
        } else if (answer.open) {
            this.scan.router.go("work", {scenario, documentId: answer.open});
        } else if (answer.line_id && !record.effect) {
            this.state.lineId = answer.line_id;
        }
    }

    // -- buttons and codes ----------------------------------------------------------

    async onCommand(name, value) {
        const act = {
            FINISH: () => this.finish(),
            LIST: () => this.show("lines"),
            RECOUNT: () => this.recount(),
            HANDS: () => this.onHandsCode(value),
            QTY: () => this.onQuantityCode(value),
            OK: () => this.onMain(),
        }[name];
        await act?.();
        return Boolean(act);
    }

    onQuantityCode(value) {
        const isNumber = /^\d+([.,]\d+)?$/.test(value);
        return isNumber && this.setQuantity(Number(value.replace(",", ".")));
    }

    /** `FARM:HANDS:6`, or `FARM:HANDS` and the number afterwards. */
    onHandsCode(value) {
        if (!this.hasHands) {
            this.scan.say("attention", _t("Choose a bunch whose hands are known."));
            return null;
        }
        return /^\d+$/.test(value) ? this.setHands(Number(value)) : this.show("hands");
    }

    onMain() {
        const {line, main} = this;
        const act = {
            agree: () => this.setQuantity(line.quantity),
            finish: () => this.finish(),
            package: () => this.countPackage(line),
            type: () => this.show("keypad"),
        }[main.act];
        return act();
    }

    countPackage({package: name}) {
        return this.events.scanned(name, {kind: "ask"}, {by: "touch"});
    }

    /** What the line that is shown comes to; else of what is scanned next. */
    async setQuantity(counted) {
        this.close();
        const {line} = this;
        if (!(counted >= 0)) {
            return;
        }
        if (!line || line.package) {
            this.work.typed = counted;
            return;
        }
        await this.events.typed(line, counted);
    }

    async setHands(hands) {
        this.close();
        await this.events.hands(this.line, hands);
    }

    choose(line) {
        this.state.lineId = line.id;
        this.close();
        this.scan.hush();
    }

    recount() {
        const {line} = this;
        if (!line || line.counted === null) {
            this.scan.say("attention", _t("Choose a line that was counted."));
            return null;
        }
        return this.events.recount(line);
    }

    show(panel) {
        this.state.panel = panel;
    }

    close() {
        this.state.panel = "";
    }

    finish() {
        return this.end("finish", _t("%s is counted.", this.title), _t("Finishing…"));
    }

    apply() {
        return this.end("apply", _t("The count is applied."), _t("Applying…"));
    }

    async end(kind, said, now) {
        this.close();
        if (await this.events.end(kind, said, now)) {
            this.scan.router.go("list", {scenario: this.props.scenario});
        }
    }

    /** Counted, and somebody else applies it or it is applied later. */
    leaveApply() {
        this.close();
        this.scan.router.go("list", {scenario: this.props.scenario});
    }
}

registry.category("farm_scan_scenarios").add("count", {Work: CountWork, icon: "count"});
