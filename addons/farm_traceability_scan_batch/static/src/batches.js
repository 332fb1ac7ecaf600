import {registry} from "@web/core/registry";
import {CheckWork} from "@farm_traceability_scan/scenarios/check/check_work";
import {PickWork} from "@farm_traceability_scan/scenarios/pick/pick_work";

/** Batches stand in the lists of Pick and of Check and Ship. */
registry
    .category("farm_scan_scenarios")
    .add("pick_batch", {Work: PickWork, icon: "pick"})
    .add("check_batch", {Work: CheckWork, icon: "checkbox"});
