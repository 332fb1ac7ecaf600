import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {OneScan} from "../shared/one_scan/one_scan";

/** Splits a bunch: it is scanned, how many hands is asked, and each becomes a lot. */
export class SplitWork extends OneScan {
    static icon = "split";

    get words() {
        return {
            prompt: _t("Scan the bunch"),
            help: _t(
                "You then say how many hands it is. Each becomes a lot of its own."
            ),
        };
    }

    askedOf(name) {
        return {kind: "quantity", message: _t("%s: how many hands?", name)};
    }
}

registry.category("farm_scan_scenarios").add("split", {Work: SplitWork, icon: "split"});
