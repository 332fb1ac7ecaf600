import {Component, onMounted, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../../app/hooks";
import {WAITING} from "../../../queue/states";
import {Icon} from "../../../shell/icon/icon";
import {saidOf} from "../../pick/pick_words";
import {QuestionPanel} from "../question_panel/question_panel";
import {useWork} from "../work";
import {WorkScreen} from "../work_screen/work_screen";

/**
 * Work that begins with a lot: it is scanned, the server asks one thing, and does it.
 * Without network the device asks the same, so that all of it is done by itself later.
 * Scenarios say in `words` what is asked for.
 */
export class OneScan extends Component {
    static template = "farm_traceability_scan.OneScan";
    static components = {Icon, QuestionPanel, WorkScreen};
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
        this.state = useState({done: [], seq: null});
        onMounted(() => this.takeNext());
        useScanTarget({onScan: ({text}) => this.onScan(text)});
    }

    /** @returns {{prompt: string, help: string}} */
    get words() {
        return {prompt: _t("Scan a lot"), help: ""};
    }

    /** What the server will ask of a lot, as it asks: `kind` and its sentence. */
    askedOf(_name) {
        return {kind: "confirm", message: ""};
    }

    /** What is asked without network, of the scan that was made last. */
    get question() {
        const found = this.queue.records.find(({seq}) => seq === this.state.seq);
        if (!found || found.state !== WAITING) {
            return null;
        }
        const {message, ...question} = this.askedOf(found.sent.text);
        return {...found, message, answer: {question: {choices: [], ...question}}};
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
        const record = await this.work.post({text, ...more});
        const isOffline = this.queue.link === "offline";
        this.state.seq = isOffline ? record.seq : null;
        const said = saidOf({kind: "ask"}, isOffline);
        this.scan.say(said.tone, said.text);
        return true;
    }

    /** What waits is kept with its answer; if it is gone meanwhile, the server asks. */
    async reply({seq}, answer) {
        const record = this.queue.records.find((one) => one.seq === seq);
        this.leave();
        if (record?.state === WAITING) {
            const sent = {...record.sent, ...answer};
            await this.scan.queue.change(record, {sent});
        }
    }

    leave() {
        this.state.seq = null;
    }

    onAnswer(record, {state, message, lots = []}) {
        if (state === "applied") {
            const names = lots.map(({name}) => name);
            this.state.done.unshift({key: record.sent.uuid, message, names});
        }
    }
}
