import {Component, onMounted, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {Header} from "../../shell/header/header";
import {Icon} from "../../shell/icon/icon";
import {MessageStrip} from "../../shell/message_strip/message_strip";
import {useScan, useScanTarget} from "../hooks";
import {waitingText} from "../words";

/** Work that waits, by its kind. A scan opens its document, or says what it is. */
export class MenuScreen extends Component {
    static template = "farm_traceability_scan.MenuScreen";
    static components = {Header, Icon, MessageStrip};
    static props = {};

    setup() {
        this.scan = useScan();
        this.menu = useState(this.scan.menu);
        this.queue = useState(this.scan.queue.state);
        this.prompt = _t("Choose your work, or scan a document");
        onMounted(() => this.scan.menu.isLoaded && this.scan.loadMenu());
        useScanTarget({
            onScan: (look) => this.onScan(look),
            onCommand: (name) => this.onCommand(name),
        });
    }

    /** Only work that these screens know how to do. */
    get tiles() {
        const scenarios = registry.category("farm_scan_scenarios");
        const known = this.menu.entries.filter(
            ({code, within}) => !within && scenarios.contains(code)
        );
        return known.map((entry) => ({...entry, icon: scenarios.get(entry.code).icon}));
    }

    textOf(other) {
        return waitingText(other);
    }

    onCommand(name) {
        const tile = /^[1-9]$/.test(name) && this.tiles[Number(name) - 1];
        if (!tile) {
            return false;
        }
        this.scan.openScenario(tile);
        return true;
    }

    async onScan({text}) {
        for (const {code, has_documents: hasDocuments} of this.tiles) {
            if (hasDocuments === false) {
                continue;
            }
            const {answer} = await this.scan.ask(["documents", code], "documents", [
                code,
            ]);
            const found = answer?.find(
                ({name}) => name.toLowerCase() === text.toLowerCase()
            );
            if (found) {
                const {scenario = code, id: documentId} = found;
                this.scan.router.go("work", {scenario, documentId});
                return true;
            }
        }
        return this.lookUp(text);
    }

    lookUp(text) {
        if (!this.tiles.some(({code}) => code === "look_up")) {
            this.scan.say(
                "attention",
                _t("“%s” is no document that waits here.", text)
            );
            return true;
        }
        this.scan.lookUpNext = text;
        this.scan.router.go("work", {scenario: "look_up"});
        return true;
    }
}
