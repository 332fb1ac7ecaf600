import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../../app/hooks";
import {CameraPanel} from "../../../camera/camera_panel/camera_panel";
import {lastOf, questionOf} from "../../../queue/records";
import {CodeEntry} from "../../../shell/code_entry/code_entry";
import {Header} from "../../../shell/header/header";
import {Icon} from "../../../shell/icon/icon";
import {MessageStrip} from "../../../shell/message_strip/message_strip";
import {QuestionPanel} from "../question_panel/question_panel";

/**
 * The frame of a scenario's screen: what was said last above, the tools below, and what
 * the server asks over it. The task is the slot `default`, its lines the slot `lines`.
 */
export class WorkScreen extends Component {
    static template = "farm_traceability_scan.WorkScreen";
    static components = {
        CameraPanel,
        CodeEntry,
        Header,
        Icon,
        MessageStrip,
        QuestionPanel,
    };
    static props = {
        work: Object,
        title: String,
        detail: {type: String, optional: true},
        prompt: {type: String, optional: true},
        progress: {type: Object, optional: true},
        isTyping: {type: Boolean, optional: true},
        endTyping: {type: Function, optional: true},
        hasUndo: {type: Boolean, optional: true},
        tools: {
            type: Array,
            element: {
                type: Object,
                shape: {
                    name: String,
                    icon: String,
                    label: String,
                    run: Function,
                    isOff: {type: Boolean, optional: true},
                    isNarrow: {type: Boolean, optional: true},
                },
            },
            optional: true,
        },
        slots: Object,
    };
    static defaultProps = {detail: "", prompt: "", tools: [], hasUndo: false};

    setup() {
        this.scan = useScan();
        this.work = useState(this.props.work);
        this.queue = useState(this.scan.queue.state);
        this.state = useState({panel: "", left: []});
        useScanTarget({onCommand: (name) => this.onCommand(name)});
    }

    /** Work without documents needs no sheet. */
    get isReady() {
        return !this.work.documentId || Boolean(this.work.base);
    }

    get last() {
        return lastOf(this.queue.records, this.work.scenario, this.work.documentId);
    }

    get question() {
        const {scenario, documentId} = this.work;
        const found = questionOf(this.queue.records, scenario, documentId);
        return found && !this.state.left.includes(found.seq) ? found : null;
    }

    get part() {
        const {done, all} = this.props.progress;
        return all ? Math.min(100, (100 * done) / all) : 0;
    }

    get tools() {
        const own = [
            {
                name: "camera",
                icon: "camera",
                label: _t("Camera"),
                run: this.shower("camera"),
            },
            {name: "type", icon: "type", label: _t("Type"), run: this.shower("code")},
        ];
        const undo = {
            name: "undo",
            icon: "undo",
            label: _t("Undo"),
            isOff: !this.last,
            run: () => this.work.undo(),
        };
        const [first, ...others] = this.props.tools;
        const whole = [first, ...own, this.props.hasUndo && undo, ...others];
        return whole.filter(Boolean);
    }

    onCommand(name) {
        if (name !== "UNDO" || !this.props.hasUndo) {
            return false;
        }
        return this.work.undo().then(() => true);
    }

    reply(record, answer) {
        return this.work.reply(record, answer);
    }

    /** A scan of a document stays in the log; of all else nothing is to come. */
    async leave() {
        const {question} = this;
        if (this.work.documentId && question.sent.kind !== "finish") {
            this.state.left.push(question.seq);
        } else {
            await this.scan.queue.see(question);
        }
    }

    shower(panel) {
        return () => {
            this.state.panel = panel;
        };
    }

    close() {
        this.state.panel = "";
        this.props.endTyping?.();
    }
}
