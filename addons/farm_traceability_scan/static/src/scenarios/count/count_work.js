import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {Icon} from "../../shell/icon/icon";
import {Keypad} from "../../shell/keypad/keypad";
import {Panel} from "../../shell/panel/panel";
import {DocumentWork} from "../shared/document_work";
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
export class CountWork extends DocumentWork {
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
    static start = {panel: "", lineId: null};

    setup() {
        super.setup();
        this.events = new CountEvents(this.work, this.scan);
    }

    // -- shown ----------------------------------------------------------------------

    get sheet() {
        const {base, waiting} = this.work;
        return base && countedSheet(base, waiting);
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

    get hasNoQuantity() {
        return !this.line || Boolean(this.line.package);
    }

    get main() {
        return mainOf(this.line, this.isAllCounted);
    }

    // -- scanned --------------------------------------------------------------------

    async onDocumentScan(look) {
        const {sheet, work} = this;
        this.close();
        const outcome = resolveCount(sheet, work.context, look, work.typed);
        const act = {
            same: () => this.sayPlace(outcome),
            amount: () => this.askAmount(outcome.line),
        }[outcome.kind];
        if (act) {
            act();
            return;
        }
        await this.events.scanned(look.text, outcome);
        this.state.lineId = outcome.line?.id ?? this.state.lineId;
    }

    sayPlace({name}) {
        this.scan.say("info", _t("This is %s already.", name));
    }

    /** What is weighed is not counted by scans. */
    askAmount(line) {
        this.state.lineId = line.id;
        this.show("quantity");
        this.scan.say("info", _t("How much of %s?", this.name));
    }

    onAnswer(record, answer) {
        const mayApply = record.sent.kind === "finish" && this.sheet?.may_apply;
        if (answer.finished && mayApply) {
            this.show("apply");
        } else {
            super.onAnswer(record, answer);
        }
        if (answer.line_id && !record.effect) {
            this.state.lineId = answer.line_id;
        }
    }

    // -- buttons and codes ----------------------------------------------------------

    get commands() {
        return {
            ...super.commands,
            RECOUNT: () => this.recount(),
            HANDS: (value) => this.onHandsCode(value),
            QTY: (value) => this.onQuantityCode(value),
        };
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

    onOk() {
        const {line, main} = this;
        const act = {
            agree: () => this.setQuantity(line.quantity),
            finish: () => this.finish(),
            package: () => this.countPackage(line),
            type: () => this.show("quantity"),
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

    /** What is not counted the server asks. */
    show(panel) {
        return panel === "finish" ? this.finish() : super.show(panel);
    }

    finish() {
        return this.post("finish", _t("%s is counted.", this.title), _t("Finishing…"));
    }

    apply() {
        return this.post("apply", _t("The count is applied."), _t("Applying…"));
    }

    async post(kind, said, now) {
        this.close();
        if (await this.events.end(kind, said, now)) {
            this.leave();
        }
    }
}

registry.category("farm_scan_scenarios").add("count", {Work: CountWork, icon: "count"});
