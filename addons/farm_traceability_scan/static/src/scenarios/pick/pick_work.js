import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../app/numbers";
import {Icon} from "../../shell/icon/icon";
import {Keypad} from "../../shell/keypad/keypad";
import {Panel} from "../../shell/panel/panel";
import {DocumentWork} from "../shared/document_work";
import {FinishPanel} from "../shared/finish_panel/finish_panel";
import {LineList} from "../shared/line_list/line_list";
import {leftOf, progressOf} from "../shared/sheet";
import {WorkScreen} from "../shared/work_screen/work_screen";
import {PickTask} from "./pick_task/pick_task";
import {nextLine, resolvePick} from "./pick_local";
import {takeLine} from "./pick_take";
import {saidOf} from "./pick_words";

/** Outcomes that need no server: what they say is true whatever it knows. */
const TOLD_ONLY = new Set(["same"]);
/** What the device believes to be wrong; the server knows whether it still is. */
const DOUBTED = new Set(["full", "many"]);

/**
 * Picks one transfer.
 *
 * 1. the screen leads to the next place and says what to take there
 * 2. what is scanned shows at once and is sent; what the device cannot tell, the server
 *    is asked
 * 3. what the server asks back, the person answers
 * 4. finished, with what is short
 */
export class PickWork extends DocumentWork {
    static template = "farm_traceability_scan.PickWork";
    static components = {
        FinishPanel,
        Icon,
        Keypad,
        LineList,
        Panel,
        PickTask,
        WorkScreen,
    };
    static start = {panel: "", chosenLine: null};

    /** Whether lines stand by their packages before they are packed here. */
    byPackage = false;

    // -- shown ----------------------------------------------------------------------

    get sheet() {
        return this.work.sheet;
    }

    get line() {
        const {sheet, state, work} = this;
        if (!sheet) {
            return null;
        }
        const chosen = sheet.lines.find(({id}) => id === state.chosenLine);
        return chosen && leftOf(chosen) ? chosen : nextLine(sheet, work.context);
    }

    /** The package that what is scanned goes into. */
    get openPackage() {
        return this.sheet.open_package;
    }

    get progress() {
        return this.sheet ? progressOf(this.sheet) : undefined;
    }

    /** Whether something is scanned that is in no package yet. */
    get hasLoose() {
        return this.sheet.lines.some(
            ({scanned, packed, package: whole}) => scanned && !packed && !whole
        );
    }

    get hasNoQuantity() {
        return !this.line;
    }

    get prompt() {
        if (!this.line) {
            return _t("All is scanned: finish");
        }
        const {product_id: productId} = this.work.context;
        return productId ? _t("Scan the lot") : _t("Scan the lot, or the place first");
    }

    get takeText() {
        const quantity = this.work.typed ?? leftOf(this.line);
        return _t("Take %(quantity)s %(unit)s", {
            quantity: quantityText(quantity),
            unit: this.line.unit,
        });
    }

    // -- scanned --------------------------------------------------------------------

    async onDocumentScan(look) {
        const {sheet, work} = this;
        const outcome = resolvePick(sheet, work.context, look, work.typed);
        const said = saidOf(outcome, this.isOffline);
        if (this.isToldOnly(outcome)) {
            this.scan.say(said.tone, said.text);
            return;
        }
        const isSure = Boolean(outcome.effect);
        const shown = isSure ? said : saidOf({kind: "ask"}, this.isOffline);
        await work.postScan(look.text, {
            effect: outcome.effect,
            said: isSure ? said.text : "",
        });
        this.state.chosenLine = null;
        this.scan.say(shown.tone, shown.text);
    }

    isToldOnly({kind}) {
        return TOLD_ONLY.has(kind) || (DOUBTED.has(kind) && this.isOffline);
    }

    /** By touch: what lies before the person, as if it had been scanned. */
    async onTake() {
        const {line, work} = this;
        const quantity = work.typed ?? leftOf(line);
        const text = line.lot?.name ?? line.product.barcodes[0] ?? line.product.name;
        const kind = line.lot ? "lot" : "product";
        const found = line.lot ?? line.product;
        const outcome = takeLine(this.sheet, line, quantity);
        const {tone, text: said} = saidOf(outcome, this.isOffline);
        if (!outcome.effect) {
            this.scan.say(tone, said);
            return;
        }
        await work.postScan(text, {
            said,
            quantity,
            choice: `${kind},${found.id}`,
            product_id: line.product.id,
            location_id: line.location.id,
            line_id: line.id,
            by: "touch",
            effect: outcome.effect,
        });
        this.state.chosenLine = null;
        this.scan.say(tone, said);
    }

    // -- buttons and codes ----------------------------------------------------------

    get commands() {
        return {...super.commands, PACK: () => this.pack()};
    }

    /** One code goes through all of it by hand: take, and at the end finish. */
    onOk() {
        return this.line ? this.onTake() : this.show("finish");
    }

    chooseLine(line) {
        this.state.chosenLine = line.id;
        Object.assign(this.work.context, {
            location_id: line.location.id,
            picking_id: line.into?.id,
        });
        this.close();
    }

    /** What is loose: into the open package, else into a new one. */
    async pack() {
        if (!this.hasLoose) {
            this.scan.say(
                "wrong",
                _t("Nothing is loose: scan what goes into the package first.")
            );
            return;
        }
        await super.pack();
    }
}

registry.category("farm_scan_scenarios").add("pick", {Work: PickWork, icon: "pick"});
