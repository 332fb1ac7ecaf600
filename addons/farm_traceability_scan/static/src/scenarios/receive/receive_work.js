import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../app/hooks";
import {quantityText} from "../../app/numbers";
import {NotReached, Refusal} from "../../queue/server";
import {Icon} from "../../shell/icon/icon";
import {Keypad} from "../../shell/keypad/keypad";
import {Panel} from "../../shell/panel/panel";
import {saidOf} from "../pick/pick_words";
import {FinishPanel} from "../shared/finish_panel/finish_panel";
import {isScanned} from "../shared/sheet";
import {useWork} from "../shared/work";
import {WorkScreen} from "../shared/work_screen/work_screen";
import {Arrivals} from "./arrivals/arrivals";
import {arrivalsOf, resolveReceive} from "./receive_local";
import {ReceiveTask} from "./receive_task/receive_task";

/**
 * Receives one transfer.
 *
 * 1. a lot is scanned, with all in one symbol; or the product, then the lot's name
 * 2. its quantity comes from the symbol, by counting scans, or is typed
 * 3. what the server asks back, the person answers
 * 4. into a package; finished, what did not come stays in a backorder
 */
export class ReceiveWork extends Component {
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
    static props = {scenario: String, documentId: Number};

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
        this.work = useWork(this.props, {onAnswer: this.onAnswer.bind(this)});
        this.state = useState({panel: "", lotKey: "", asked: null});
        useScanTarget({
            onScan: (look) => this.onScan(look),
            onCommand: (name, value) => this.onCommand(name, value),
        });
    }

    // -- shown ----------------------------------------------------------------------

    get title() {
        return this.work.base?.document.name ?? this.scan.titleOf(this.props.scenario);
    }

    get groups() {
        const {base, waiting} = this.work;
        return base ? arrivalsOf(base, waiting) : [];
    }

    get group() {
        return this.namedGroup ?? this.nextGroup;
    }

    /** Of the product that was scanned or touched last. */
    get namedGroup() {
        return this.groups.find(({id}) => id === this.work.context.product_id);
    }

    get nextGroup() {
        return this.groups.find((group) => !isComplete(group));
    }

    get lot() {
        return this.group?.lots.find(({key}) => key === this.state.lotKey);
    }

    get isTracked() {
        return this.group?.product.tracking !== "none";
    }

    /** Whether something came that is in no package yet. */
    get hasLoose() {
        return this.groups.some(
            ({came, lots}) => came && (!lots.length || lots.some(({packed}) => !packed))
        );
    }

    get progress() {
        const {groups} = this;
        return {done: groups.filter(isComplete).length, all: groups.length};
    }

    get isOffline() {
        return this.queue.link === "offline";
    }

    get prompt() {
        if (!this.groups.length) {
            return _t("Scan the first lot, or its product");
        }
        if (this.work.context.product_id && this.isTracked && this.group) {
            return _t("Scan the lot of %s", this.group.product.name);
        }
        return this.nextGroup
            ? _t("Scan a lot, or its product")
            : _t("All has come: finish");
    }

    get tools() {
        return [
            {
                name: "quantity",
                icon: "keypad",
                label: _t("Quantity"),
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
                run: () => this.show("finish"),
            },
        ];
    }

    /** What the large button does for the group that is shown. */
    get main() {
        const {group, lot, typed} = this;
        if (!group || isComplete(group)) {
            return {command: "FINISH", icon: "flag", text: _t("Finish")};
        }
        const isNamed = lot || !this.isTracked;
        if (!isNamed) {
            return {command: "OK", icon: "type", text: _t("Type the lot")};
        }
        const quantity = typed ?? (group.isCounted ? group.one : null);
        return quantity === null
            ? {command: "OK", icon: "keypad", text: _t("How much?")}
            : {command: "OK", icon: "check", text: receiveText(quantity, group)};
    }

    get typed() {
        return this.work.typed;
    }

    /** Lines for the panel before the end: by product, as that is what is short. */
    get short() {
        return {
            lines: this.groups.map(({id, product, unit, came, expected}) => ({
                id,
                product,
                unit,
                scanned: came,
                quantity: expected,
                location: {name: ""},
            })),
        };
    }

    // -- scanned --------------------------------------------------------------------

    async onScan(look) {
        const {base, context, typed} = this.work;
        if (!base) {
            this.scan.say(
                "attention",
                _t("Wait until the transfer is here, then scan again.")
            );
            return true;
        }
        this.close();
        const known = {
            groups: this.groups,
            isAnnounced: base.announced,
            productId: context.product_id ?? null,
        };
        const outcome = resolveReceive(known, look, typed);
        if (outcome.kind === "amount" && (await this.isItem(look, known.productId))) {
            return this.askAmount(look, outcome);
        }
        await this.send(look.text, outcome);
        return true;
    }

    /** Whether a text is the name of a lot; a harvest or a place has no quantity. */
    async isItem({text}, productId) {
        if (this.isOffline) {
            return true;
        }
        try {
            const {meanings} = await this.scan.server.ask("look_up", [text, productId]);
            const items = ["lot", "new_lot", "product"];
            return !meanings.length || meanings.some(({kind}) => items.includes(kind));
        } catch (error) {
            if (error instanceof NotReached || error instanceof Refusal) {
                return true;
            }
            throw error;
        }
    }

    askAmount(look, {group, name}) {
        this.state.asked = {text: look.text, look, name, unit: group?.unit ?? ""};
        this.scan.say("info", _t("How much of %s?", name));
        return true;
    }

    async answerAmount(quantity) {
        const {look} = this.state.asked;
        this.state.asked = null;
        this.work.typed = quantity;
        await this.onScan(look);
    }

    leaveAmount() {
        this.state.asked = null;
        this.scan.hush();
    }

    async send(text, {kind, group, name, quantity, effect}, more = {}) {
        const {typed} = this.work;
        const told = {
            receive: () => receivedText(quantity, group, name),
            product: () => _t("Now the lot of %s", name),
        }[kind]?.();
        const one = (group ?? this.namedGroup)?.one || 1;
        await this.work.postScan(text, {
            effect,
            said: told ?? "",
            quantity: typed === null ? undefined : typed / one,
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
        if (answer.finished) {
            this.scan.router.go("list", {scenario: this.props.scenario});
        } else if (answer.open) {
            const {scenario} = this.props;
            this.scan.router.go("work", {scenario, documentId: answer.open});
        } else if (answer.line_id && !record.effect) {
            this.showLine(answer);
        }
    }

    /** The lot that the server has made of a scan. */
    showLine({line_id: lineId, sheet}) {
        const line = sheet?.lines.find(({id}) => id === lineId);
        if (line) {
            this.state.lotKey = `${line.product.id}/${line.lot_name}`;
        }
    }

    // -- buttons and codes ----------------------------------------------------------

    async onCommand(name, value) {
        const act = {
            FINISH: () => this.show("finish"),
            LIST: () => this.show("lines"),
            PACK: () => this.pack(),
            QTY: () => this.setTyped(Number(value.replace(",", "."))),
            OK: () => this.onMain(),
        }[name];
        await act?.();
        return Boolean(act);
    }

    onMain() {
        const {group, lot, main} = this;
        if (main.command === "FINISH") {
            return this.show("finish");
        }
        if (!lot && this.isTracked) {
            return this.show("type");
        }
        if (this.typed === null && !group.isCounted) {
            return this.show("keypad");
        }
        return this.onReceive();
    }

    /** By touch: one more, or what is typed, of what is shown. */
    async onReceive() {
        const {group, lot} = this;
        const {product} = group;
        const text = lot?.name ?? product.barcodes[0] ?? product.name;
        const quantity = this.typed ?? group.one;
        this.work.typed = quantity;
        const isMore =
            this.work.base.announced && quantity > group.expected - group.came;
        const name = lot?.name ?? product.name;
        const effect = {
            takes: [{line: lot?.key ?? `${group.id}/`, quantity}],
            context: {product_id: group.id},
        };
        const outcome = isMore
            ? {kind: "ask", group}
            : {kind: "receive", group, name, quantity, effect};
        await this.send(text, outcome, {
            product_id: group.id,
            choice: lot ? undefined : `product,${group.id}`,
            by: "touch",
        });
    }

    choose(group, lot) {
        this.work.context.product_id = group.id;
        this.state.lotKey = lot?.key ?? "";
        this.close();
        this.scan.hush();
    }

    async pack() {
        const said = _t("Packing…");
        await this.work.post({kind: "pack", text: ""}, {said: _t("Pack")});
        this.scan.say(this.isOffline ? "attention" : "info", said);
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

    async finish() {
        this.close();
        const {isOffline} = this;
        await this.work.post(
            {kind: "finish", text: ""},
            {
                said: _t("%s is finished.", this.title),
                effect: isOffline ? {} : undefined,
            }
        );
        if (isOffline) {
            this.scan.say("attention", _t("Will be finished once there is a network."));
            this.scan.router.go("list", {scenario: this.props.scenario});
        } else {
            this.scan.say("info", _t("Finishing…"));
        }
    }
}

function isComplete({came, expected}) {
    return came > 0 && isScanned({scanned: came, quantity: expected});
}

function receivedText(quantity, {unit}, item) {
    return _t("%(quantity)s %(unit)s of %(item)s", {
        quantity: quantityText(quantity),
        unit,
        item,
    });
}

function receiveText(quantity, {unit}) {
    return _t("Receive %(quantity)s %(unit)s", {
        quantity: quantityText(quantity),
        unit,
    });
}

registry
    .category("farm_scan_scenarios")
    .add("receive", {Work: ReceiveWork, icon: "receive"});
