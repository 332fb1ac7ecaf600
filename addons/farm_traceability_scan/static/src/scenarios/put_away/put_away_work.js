import {useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {resolvePick} from "../pick/pick_local";
import {PickWork} from "../pick/pick_work";
import {saidOf} from "../pick/pick_words";
import {ChoosePanel} from "../shared/choose_panel/choose_panel";
import {choicesOf, loadPlaces} from "../shared/places";
import {PutTask} from "./put_task/put_task";

/** Outcomes of a scan that are of an item, never of a place. */
const OF_ITEMS = new Set(["take", "product", "package", "many", "same"]);

/**
 * Puts away: an item as in picking, then the place where it goes.
 *
 * The line that a person carries is in the context as `line_id`. The next item may be
 * scanned without a place: what is carried then goes where it was planned.
 */
export class PutAwayWork extends PickWork {
    static template = "farm_traceability_scan.PutAwayWork";
    static components = {...PickWork.components, ChoosePanel, PutTask};

    setup() {
        super.setup();
        this.places = useState({choices: null});
    }

    get carried() {
        const {line_id: lineId} = this.work.context;
        return lineId && this.sheet.lines.find(({id}) => id === lineId);
    }

    get prompt() {
        return this.carried ? _t("Scan where you put it") : super.prompt;
    }

    get shortText() {
        return _t("This is not put away. It stays where it is, for another time.");
    }

    /** What becomes of what is still carried when all is finished. */
    get plannedText() {
        const {lot, product, destination} = this.carried;
        return _t("%(item)s is put at %(place)s, as planned.", {
            item: lot ? lot.name : product.name,
            place: destination.name,
        });
    }

    async onDocumentScan(look) {
        const {carried, sheet, work} = this;
        const outcome = resolvePick(sheet, work.context, look, work.typed);
        if (carried && !OF_ITEMS.has(outcome.kind)) {
            await this.onPlace(look);
            return;
        }
        await super.onDocumentScan(look);
        this.carry(outcome.effect);
    }

    /** A place, or something that only the server knows. */
    async onPlace(look, more = {}) {
        const {work} = this;
        this.close();
        await work.postScan(look.text, more);
        const said = saidOf({kind: "ask"}, this.isOffline);
        this.scan.say(said.tone, said.text);
        if (this.isOffline) {
            this.putDown();
        }
    }

    async onTake() {
        const {line} = this;
        await super.onTake();
        this.carry({takes: [{line: line.id}]});
    }

    /** By touch: it is put where it was planned, which the server knows. */
    onPut() {
        const {name} = this.carried.destination;
        this.putDown();
        this.scan.say("right", _t("Put at %s", name));
    }

    /** Another place than the planned one: those below the destination. */
    async showPlaces() {
        this.show("places");
        this.places.choices = null;
        const {document: transfer, near = {}} = this.sheet;
        const {path: above = ""} = transfer.target ?? {};
        const {location, product} = this.carried;
        const places = await loadPlaces(this.scan);
        this.places.choices = choicesOf(
            places.filter(({id, path}) => path.startsWith(above) && id !== location.id),
            near[product.id]
        );
    }

    choosePlace({key, text}) {
        return this.onPlace({text}, {choice: key, by: "touch"});
    }

    onOk() {
        return this.carried ? this.onPut() : super.onOk();
    }

    carry(effect) {
        const [take] = effect?.takes ?? [];
        if (take) {
            this.work.context.line_id = take.line;
        }
    }

    putDown() {
        this.work.context.line_id = null;
    }

    onAnswer(record, answer) {
        const {line_id: carried} = this.work.context;
        const {kind, line_id: sentLine} = record.sent;
        if (answer.line_id && !record.effect) {
            this.work.context.line_id = answer.line_id;
        } else if (kind === "undo" || isPut(record, answer, sentLine, carried)) {
            this.putDown();
        }
        super.onAnswer(record, answer);
    }
}

/** The server has taken the place of what is still carried. */
function isPut({effect}, {state}, sentLine, carried) {
    return state === "applied" && !effect && Boolean(carried) && sentLine === carried;
}

registry
    .category("farm_scan_scenarios")
    .add("put_away", {Work: PutAwayWork, icon: "place"});
