import {Component, onMounted, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../../app/hooks";
import {Icon} from "../../../shell/icon/icon";
import {saidOf} from "../../pick/pick_words";
import {useWork} from "../work";
import {WorkScreen} from "../work_screen/work_screen";

/**
 * Work that begins with a lot: it is scanned, the server asks one thing, and does it.
 * Scenarios say in `words` what is asked for.
 */
export class OneScan extends Component {
    static template = "farm_traceability_scan.OneScan";
    static components = {Icon, WorkScreen};
    static props = {
        scenario: String,
        documentId: {type: [Number, {value: null}], optional: true},
    };
    static icon = "barcode";

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
        this.work = useWork(
            {scenario: this.props.scenario, documentId: null},
            {onAnswer: this.onAnswer.bind(this)}
        );
        this.state = useState({done: []});
        onMounted(() => this.takeNext());
        useScanTarget({onScan: ({text}) => this.onScan(text)});
    }

    /** @returns {{prompt: string, help: string}} */
    get words() {
        return {prompt: _t("Scan a lot"), help: ""};
    }

    get icon() {
        return this.constructor.icon;
    }

    get title() {
        return this.scan.titleOf(this.props.scenario);
    }

    /** What another screen hands over. */
    takeNext() {
        const {next} = this.scan;
        this.scan.next = null;
        if (next) {
            this.onScan(next.text, {choice: next.choice});
        }
    }

    async onScan(text, more = {}) {
        await this.work.post({text, ...more});
        const isOffline = this.queue.link === "offline";
        const said = saidOf({kind: "ask"}, isOffline);
        this.scan.say(said.tone, said.text);
        return true;
    }

    onAnswer(record, {state, message, lots = []}) {
        if (state === "applied") {
            const names = lots.map(({name}) => name);
            this.state.done.unshift({key: record.sent.uuid, message, names});
        }
    }
}
