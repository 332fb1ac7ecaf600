import {Component, useState} from "@odoo/owl";
import {useScan} from "../../app/hooks";
import {Icon} from "../icon/icon";
import {statesOf} from "./header_states";

/** Where the person is, and whether what was scanned has been sent. */
export class Header extends Component {
    static template = "farm_traceability_scan.Header";
    static components = {Icon};
    static props = {
        title: String,
        detail: {type: String, optional: true},
        hasBack: {type: Boolean, optional: true},
    };
    static defaultProps = {detail: "", hasBack: true};

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
    }

    get states() {
        return statesOf(this.queue.records, this.queue.link);
    }

    get label() {
        return this.states.map(({text}) => text).join(", ");
    }

    onBack() {
        return this.scan.run("BACK");
    }

    onStatus() {
        this.scan.router.go("log");
    }
}
