import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../app/hooks";
import {postFinish, postPack} from "./posts";
import {useWork} from "./work";

/**
 * The screen of work on one document, as far as all scenarios are alike. Its own is what
 * is shown, `onDocumentScan` and `onOk`.
 */
export class DocumentWork extends Component {
    static props = {scenario: String, documentId: Number};
    /** What the screen itself remembers, besides its sheet. */
    static start = {panel: ""};

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
        this.work = useWork(this.props, {onAnswer: this.onAnswer.bind(this)});
        this.state = useState({...this.constructor.start});
        useScanTarget({
            onScan: (look) => this.onScan(look),
            onCommand: (name, value) => this.onCommand(name, value),
        });
    }

    // -- shown ----------------------------------------------------------------------

    get title() {
        return this.work.base?.document.name ?? this.scan.titleOf(this.props.scenario);
    }

    get isOffline() {
        return this.queue.link === "offline";
    }

    /** Whether there is nothing just now whose quantity could be typed. */
    get hasNoQuantity() {
        return false;
    }

    get tools() {
        return [
            {
                ...this.tool("quantity", "keypad", _t("Quantity")),
                isOff: this.hasNoQuantity,
            },
            {...this.tool("lines", "list", _t("Lines")), isNarrow: true},
            this.tool("finish", "flag", _t("Finish")),
        ];
    }

    tool(name, icon, label) {
        return {name, icon, label, run: () => this.show(name)};
    }

    show(panel) {
        this.state.panel = panel;
    }

    close() {
        this.state.panel = "";
    }

    // -- scanned --------------------------------------------------------------------

    /** A scan is kept only once it is known what it is scanned for. */
    async onScan(look) {
        if (!this.work.base) {
            this.scan.say(
                "attention",
                _t("Wait until the list is here, then scan again.")
            );
            return true;
        }
        await this.onDocumentScan(look);
        return true;
    }

    onAnswer(record, answer) {
        const {scenario} = this.props;
        if (answer.package && record.effect) {
            this.scan.say("right", answer.message);
        }
        if (answer.finished) {
            this.leave();
        } else if (answer.open) {
            this.scan.router.go("work", {scenario, documentId: answer.open});
        }
    }

    leave() {
        this.scan.openList(this.props.scenario);
    }

    // -- buttons and codes ----------------------------------------------------------

    get commands() {
        return {
            FINISH: () => this.show("finish"),
            LIST: () => this.show("lines"),
            QTY: (value) => this.setTyped(Number(value.replace(",", "."))),
            // The panel may be asked for, and not be there yet.
            OK: () => (this.state.panel === "finish" ? this.finish() : this.onOk()),
        };
    }

    async onCommand(name, value) {
        const act = this.commands[name];
        await act?.(value);
        return Boolean(act);
    }

    setTyped(quantity) {
        this.work.typed = quantity > 0 ? quantity : null;
        this.close();
    }

    pack() {
        return postPack(this.work, this.isOffline);
    }

    finish() {
        return this.end({});
    }

    /** @param {Object} more what the server is told besides */
    async end(more) {
        this.close();
        const {isOffline} = this;
        await postFinish(this.work, {name: this.title, more}, isOffline);
        if (isOffline) {
            this.leave();
        }
    }
}
