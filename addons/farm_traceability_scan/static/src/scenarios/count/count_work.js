import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../app/hooks";
import {quantityText} from "../../app/numbers";
import {Icon} from "../../shell/icon/icon";
import {Keypad} from "../../shell/keypad/keypad";
import {Panel} from "../../shell/panel/panel";
import {saidOf} from "../pick/pick_words";
import {useWork} from "../shared/work";
import {WorkScreen} from "../shared/work_screen/work_screen";
import {ApplyPanel} from "./apply_panel/apply_panel";
import {CountList} from "./count_list/count_list";
import {countedSheet, effectOf, resolveCount} from "./count_local";
import {CountTask} from "./count_task/count_task";
import {countedText} from "./count_words";

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
        this.queue = useState(this.scan.queue.state);
        this.work = useWork(this.props, {onAnswer: this.onAnswer.bind(this)});
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

    get isOffline() {
        return this.queue.link === "offline";
    }

    get prompt() {
        return this.isAllCounted ? _t("All is counted: finish") : _t("Scan each piece");
    }

    get name() {
        const {lot, product} = this.line;
        return lot ? lot.name : product.name;
    }

    get tools() {
        const {line} = this;
        return [
            {
                name: "quantity",
                icon: "keypad",
                label: _t("Quantity"),
                isOff: !line || Boolean(line.package),
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

    /** What the large button does. */
    get main() {
        const {line} = this;
        if (!line || (line.counted !== null && this.isAllCounted)) {
            return {command: "FINISH", icon: "flag", text: _t("Finish")};
        }
        if (line.package && line.counted === null) {
            return {command: "OK", icon: "check", text: _t("The package is whole")};
        }
        if (line.counted === null && line.quantity > 0) {
            const found = {quantity: quantityText(line.quantity), unit: line.unit};
            const text = _t("%(quantity)s %(unit)s are there", found);
            return {command: "OK", icon: "check", text};
        }
        return line.package
            ? {command: "FINISH", icon: "flag", text: _t("Finish")}
            : {command: "OK", icon: "keypad", text: _t("Type the count")};
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
            same: () => this.scan.say("info", _t("This is %s already.", outcome.name)),
            amount: () => this.askAmount(outcome.line),
        }[outcome.kind];
        await (act ? act() : this.send(look.text, outcome));
        return true;
    }

    async send(text, outcome, more = {}) {
        const told = {
            count: () => countedText(outcome),
            product: () => _t("Now the lot of %s", outcome.name),
        }[outcome.kind]?.();
        await this.work.postScan(text, {
            effect: outcome.effect,
            said: told ?? "",
            ...more,
        });
        if (outcome.line) {
            this.state.lineId = outcome.line.id;
        }
        const said = told
            ? {tone: "right", text: told}
            : saidOf({kind: "ask"}, this.isOffline);
        this.scan.say(said.tone, said.text);
    }

    /** What is weighed is not counted by scans. */
    askAmount(line) {
        this.state.lineId = line.id;
        this.show("keypad");
        this.scan.say("info", _t("How much of %s?", this.name));
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

    onMain() {
        const {line, main} = this;
        if (main.command === "FINISH") {
            return this.finish();
        }
        if (line.package) {
            return this.send(line.package, {kind: "ask"}, {by: "touch"});
        }
        if (line.counted === null && line.quantity > 0) {
            return this.setQuantity(line.quantity);
        }
        return this.show("keypad");
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
        const {lot, product} = line;
        const outcome = {
            kind: "count",
            line,
            name: this.name,
            counted,
            effect: effectOf(line, counted),
        };
        await this.send(lot?.name ?? product.barcodes[0] ?? product.name, outcome, {
            quantity: counted,
            product_id: product.id,
            choice: lot ? `lot,${lot.id}` : `product,${product.id}`,
            by: "touch",
        });
    }

    choose(line) {
        this.state.lineId = line.id;
        this.close();
        this.scan.hush();
    }

    async recount() {
        const {line, name} = this;
        const said = _t("%s is counted again.", name);
        await this.work.post(
            {kind: "recount", text: "", line_id: line.id},
            {said, effect: {recount: line.id}}
        );
        this.scan.say("right", said);
    }

    show(panel) {
        this.state.panel = panel;
    }

    close() {
        this.state.panel = "";
    }

    async finish() {
        this.close();
        await this.end("finish", _t("%s is counted.", this.title), _t("Finishing…"));
    }

    async apply() {
        this.close();
        await this.end("apply", _t("The count is applied."), _t("Applying…"));
    }

    async end(kind, said, now) {
        const {isOffline} = this;
        const effect = isOffline ? {} : undefined;
        await this.work.post({kind, text: ""}, {said, effect});
        if (isOffline) {
            this.scan.say("attention", _t("Will be finished once there is a network."));
            this.scan.router.go("list", {scenario: this.props.scenario});
        } else {
            this.scan.say("info", now);
        }
    }

    /** Counted, and somebody else applies it or it is applied later. */
    leaveApply() {
        this.close();
        this.scan.router.go("list", {scenario: this.props.scenario});
    }
}

registry.category("farm_scan_scenarios").add("count", {Work: CountWork, icon: "count"});
