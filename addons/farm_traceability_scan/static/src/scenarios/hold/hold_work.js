import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {OneScan} from "../shared/one_scan/one_scan";

/** Holds a lot: it is scanned, why is asked, and it goes nowhere any more. */
export class HoldWork extends OneScan {
    static icon = "hold";

    get words() {
        return {
            prompt: _t("Scan the lot to be held"),
            help: _t("You then say why. A lot on hold is not picked and not sent."),
        };
    }

    askedOf(name) {
        return {kind: "note", message: _t("Hold lot %s: why?", name)};
    }
}

registry.category("farm_scan_scenarios").add("hold", {Work: HoldWork, icon: "hold"});
