import {Component, onMounted, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {useScan, useScanTarget} from "../../app/hooks";
import {CameraPanel} from "../../camera/camera_panel/camera_panel";
import {CodeEntry} from "../../shell/code_entry/code_entry";
import {Header} from "../../shell/header/header";
import {Icon} from "../../shell/icon/icon";
import {MessageStrip} from "../../shell/message_strip/message_strip";
import {QuestionPanel} from "../shared/question_panel/question_panel";
import {useWork} from "../shared/work";
import {LookUpCard} from "./look_up_card/look_up_card";

/** Work that can begin with the lot that was looked up. */
const ACTS = ["move", "split", "hold"];
const ICONS_OF_KINDS = {location: "place", picking: "list", farmer: "user"};

/** Any scan shows what it is, where it lies, how much, and since when. */
export class LookUpWork extends Component {
    static template = "farm_traceability_scan.LookUpWork";
    static components = {
        CameraPanel,
        CodeEntry,
        Header,
        Icon,
        LookUpCard,
        MessageStrip,
        QuestionPanel,
    };
    static props = {
        scenario: String,
        documentId: {type: [Number, {value: null}], optional: true},
    };

    setup() {
        this.scan = useScan();
        this.menu = useState(this.scan.menu);
        this.queue = useState(this.scan.queue.state);
        this.work = useWork(this.props, {onAnswer: this.onAnswer.bind(this)});
        this.state = useState({panel: "", card: null});
        this.prompt = _t("Scan anything");
        onMounted(() => this.lookUpNext());
        useScanTarget({
            onScan: ({text}) => this.onScan(text),
            onCommand: (name) => this.onCommand(name),
        });
    }

    get title() {
        return this.scan.titleOf(this.props.scenario);
    }

    get icon() {
        return ICONS_OF_KINDS[this.state.card.kind] ?? "pick";
    }

    /** What this user may do with it, of what these screens know. */
    get acts() {
        if (this.state.card.kind !== "lot") {
            return [];
        }
        const scenarios = registry.category("farm_scan_scenarios");
        const allowed = this.menu.entries.filter(
            ({code}) => ACTS.includes(code) && scenarios.contains(code)
        );
        return allowed.map((entry) => ({
            ...entry,
            icon: scenarios.get(entry.code).icon,
        }));
    }

    /**
     * `FARM:MOVE`, `FARM:SPLIT` and `FARM:HOLD` begin with what is shown; `FARM:OPEN`
     * shows it in Odoo.
     */
    onCommand(name) {
        const {card} = this.state;
        if (name === "OPEN" && card?.link) {
            browser.open(card.link[0], "_blank", "noopener");
            return true;
        }
        const chosen = this.state.card && this.acts.find(isNamed(name));
        if (!chosen) {
            return false;
        }
        this.act(chosen);
        return true;
    }

    act({code}) {
        const {id, title} = this.state.card;
        this.scan.next = {text: title, choice: `lot,${id}`};
        this.scan.hush();
        this.scan.router.go("work", {scenario: code});
    }

    /** What was scanned on the menu. */
    lookUpNext() {
        const {lookUpNext} = this.scan;
        this.scan.lookUpNext = null;
        if (lookUpNext) {
            this.onScan(lookUpNext);
        }
    }

    async onScan(text) {
        this.state.card = null;
        const isOffline = this.queue.link === "offline";
        await this.work.post({text});
        if (isOffline) {
            this.scan.say(
                "attention",
                _t("Will be looked up once there is a network.")
            );
        } else {
            this.scan.say("info", _t("Checking…"));
        }
        return true;
    }

    onAnswer(_record, {card}) {
        if (card) {
            this.state.card = card;
        }
    }

    reply(record, answer) {
        return this.work.reply(record, answer);
    }

    leaveQuestion() {
        return this.scan.queue.see(this.work.question);
    }

    show(panel) {
        this.state.panel = panel;
    }

    close() {
        this.state.panel = "";
    }
}

function isNamed(name) {
    return ({code}) => code.toUpperCase() === name;
}

registry
    .category("farm_scan_scenarios")
    .add("look_up", {Work: LookUpWork, icon: "search"});
