import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Header} from "../../shell/header/header";
import {Icon} from "../../shell/icon/icon";
import {
    APPLIED,
    ASKED,
    REFUSED,
    UNDONE,
    WAITING,
    countStates,
    isOpen,
} from "../../queue/states";
import {useScan, useScanTarget} from "../hooks";
import {waitingText} from "../words";
import {timeText} from "../numbers";

const LOOKS = {
    [WAITING]: {icon: "clock", tone: "attention"},
    [APPLIED]: {icon: "check", tone: "right"},
    [REFUSED]: {icon: "cross", tone: "wrong"},
    [ASKED]: {icon: "alert", tone: "attention"},
    [UNDONE]: {icon: "undo", tone: "quiet"},
};

/** What was scanned today and what came of it; first what somebody has to see to. */
export class LogScreen extends Component {
    static template = "farm_traceability_scan.LogScreen";
    static components = {Header, Icon};
    static props = {};

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
        this.title = _t("Today");
        useScanTarget({onCommand: (name) => name === "OK" && this.seeFirst()});
    }

    get counts() {
        return countStates(this.queue.records);
    }

    get waitingText() {
        return _t("%s waiting", this.counts.waiting);
    }

    get open() {
        return this.queue.records.filter(isOpen).map((record) => this.row(record));
    }

    get rest() {
        const midnight = new Date().setHours(0, 0, 0, 0);
        const today = this.queue.records.filter(
            (record) =>
                !isOpen(record) &&
                (record.state === WAITING || record.sent.at >= midnight)
        );
        return today.map((record) => this.row(record)).reverse();
    }

    textOf(other) {
        return waitingText(other);
    }

    row(record) {
        const {state, sent, message, said} = record;
        return {
            record,
            key: sent.uuid,
            time: timeText(sent.at),
            title: message || said || sent.text || this.nameOf(sent.kind),
            code: sent.text ?? "",
            head: sent.text || this.nameOf(sent.kind),
            isQuestion: state === ASKED && isOpen(record),
            isOpen: isOpen(record),
            ...LOOKS[state],
        };
    }

    nameOf(kind) {
        return {finish: _t("Finish"), undo: _t("Taken back")}[kind] ?? kind;
    }

    answer({record}) {
        const {scenario, document_id: documentId} = record.sent;
        this.scan.router.go("work", {scenario, documentId});
    }

    see({record}) {
        return this.scan.queue.see(record);
    }

    async seeFirst() {
        const [first] = this.open;
        if (first) {
            await this.see(first);
        }
        return true;
    }

    sendAgain({record}) {
        return this.scan.queue.sendAgain(record);
    }
}
