import {Component, onMounted, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Header} from "../../shell/header/header";
import {Icon} from "../../shell/icon/icon";
import {MessageStrip} from "../../shell/message_strip/message_strip";
import {recordsOf} from "../../queue/records";
import {NotReached, Refusal} from "../../queue/server";
import {WAITING} from "../../queue/states";
import {useScan, useScanTarget} from "../hooks";
import {nearDayText} from "../numbers";

/** Documents that wait; the one that is scanned or touched opens. */
export class ListScreen extends Component {
    static template = "farm_traceability_scan.ListScreen";
    static components = {Header, Icon, MessageStrip};
    static props = {scenario: String};

    setup() {
        this.scan = useScan();
        this.menu = useState(this.scan.menu);
        this.queue = useState(this.scan.queue.state);
        this.state = useState({documents: null, isUnknown: false, kept: []});
        this.prompt =
            this.props.scenario === "count"
                ? _t("Scan a place, or choose one")
                : _t("Scan a document, or choose one");
        onMounted(() => {
            this.loaded = this.load();
        });
        useScanTarget({
            onScan: ({text}) => this.onScan(text),
            onCommand: (name) => this.onCommand(name),
        });
    }

    get title() {
        return this.scan.titleOf(this.props.scenario);
    }

    async load() {
        const {scenario} = this.props;
        const key = ["documents", scenario];
        const known = await this.scan.database.kept([this.scan.user.id, ...key]);
        this.state.documents ??= known ?? null;
        try {
            const {answer} = await this.scan.ask(key, "documents", [scenario]);
            this.state.documents = answer ?? [];
            this.state.isUnknown = !answer;
        } catch (error) {
            if (!(error instanceof Refusal)) {
                throw error;
            }
            this.state.documents = [];
            this.scan.say("wrong", error.message);
        }
        await this.loadKept();
    }

    /** Which of them open without network. */
    async loadKept() {
        const keys = await this.scan.database.keptKeys();
        const own = keys.filter(
            ([userId, what]) => userId === this.scan.user.id && what === "sheet"
        );
        this.state.kept = own.map(([, , scenario, id]) => `${scenario}/${id}`);
    }

    get rows() {
        return (this.state.documents ?? []).map((one) => this.row(one));
    }

    /** A document of this work, or of work that is shown within it. */
    row(one) {
        const scenario = one.scenario ?? this.props.scenario;
        const key = `${scenario}/${one.id}`;
        return {
            ...one,
            key,
            scenario,
            day: nearDayText(one.scheduled || ""),
            isKept: this.state.kept.includes(key),
            isFinishing: this.isFinishing(scenario, one.id),
        };
    }

    isFinishing(scenario, id) {
        const own = recordsOf(this.queue.records, scenario, id);
        return own.some(({state, sent}) => state === WAITING && sent.kind === "finish");
    }

    get isOffline() {
        return this.queue.link === "offline";
    }

    open({id, scenario = this.props.scenario}) {
        this.scan.hush();
        this.scan.router.go("work", {scenario, documentId: id});
        return true;
    }

    find(text) {
        const lower = text.toLowerCase();
        return (this.state.documents ?? []).find(
            ({name, barcode = ""}) =>
                name.toLowerCase() === lower || barcode.toLowerCase() === lower
        );
    }

    /** Also what is scanned while the list is still on its way. */
    async onScan(text) {
        if (!this.find(text)) {
            await this.loaded;
        }
        const found = this.find(text);
        if (found) {
            return this.open(found);
        }
        this.scan.say("attention", _t("“%s” is no document that waits here.", text));
        return true;
    }

    get mayBegin() {
        const {scenario} = this.props;
        const entry = this.menu.entries.find(({code}) => code === scenario);
        return Boolean(entry?.may_begin);
    }

    /** Work that nobody announced: the server makes a document for it. */
    async begin() {
        const {scenario} = this.props;
        try {
            const sheet = await this.scan.server.ask("begin", [scenario]);
            await this.scan.keepSheet(scenario, sheet.document.id, sheet);
            this.open(sheet.document);
        } catch (error) {
            if (!(error instanceof Refusal || error instanceof NotReached)) {
                throw error;
            }
            const offline = _t("This can be begun once there is a network.");
            this.scan.say("wrong", error instanceof Refusal ? error.message : offline);
        }
    }

    async onCommand(name) {
        if (name === "NEW" && this.mayBegin) {
            await this.begin();
            return true;
        }
        const rows = this.state.documents ?? [];
        const number = name === "OK" ? 1 : Number(name);
        return Boolean(rows[number - 1]) && this.open(rows[number - 1]);
    }
}
