import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../app/numbers";
import {PickWork} from "../pick/pick_work";
import {leftOf, shortOf} from "../shared/sheet";

/**
 * Checks what goes on the truck: as picking, but nothing else than what is on the list.
 * What was forgotten the server names, and asks.
 */
export class CheckWork extends PickWork {
    byPackage = true;

    get openPackage() {
        return this.line.package;
    }

    get prompt() {
        return this.line ? _t("Scan each package or lot that is loaded") : super.prompt;
    }

    get takeText() {
        const quantity = this.work.typed ?? leftOf(this.line);
        return _t("Load %(quantity)s %(unit)s", {
            quantity: quantityText(quantity),
            unit: this.line.unit,
        });
    }

    get isAskedByServer() {
        const {lines} = this.sheet;
        const isBegun = lines.some(({scanned}) => scanned);
        return isBegun && shortOf(this.sheet).length && !this.isOffline;
    }

    show(panel) {
        if (panel === "finish" && this.isAskedByServer) {
            return this.finish();
        }
        return super.show(panel);
    }
}

registry
    .category("farm_scan_scenarios")
    .add("check", {Work: CheckWork, icon: "checkbox"});
