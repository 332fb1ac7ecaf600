import {Component, useRef, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useScan, useScanTarget} from "../../../app/hooks";
import {Icon} from "../../../shell/icon/icon";

/**
 * Labels that no network printer takes: their file is opened, and printed by the
 * device. It stays until somebody opens it (`FARM:OPEN`) or puts it away, whatever is
 * scanned meanwhile, and also comes back when the network does.
 */
export class LabelsReady extends Component {
    static template = "farm_traceability_scan.LabelsReady";
    static components = {Icon};
    static props = {};

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
        this.link = useRef("link");
        useScanTarget({onCommand: (name) => name === "OPEN" && this.open()});
    }

    /** The oldest file that nobody has opened yet. */
    get record() {
        return this.queue.records.find(
            ({isSeen, answer}) => !isSeen && answer?.labels?.url
        );
    }

    open() {
        this.link.el?.click();
        return Boolean(this.link.el);
    }

    putAway() {
        return this.scan.queue.see(this.record);
    }
}

registry.category("farm_scan_notices").add("labels_ready", LabelsReady);
