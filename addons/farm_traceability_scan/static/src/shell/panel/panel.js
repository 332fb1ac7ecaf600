import {Component} from "@odoo/owl";
import {useScanTarget} from "../../app/hooks";
import {Icon} from "../icon/icon";

/** Lies over the screen and asks one thing; `FARM:BACK` closes it. */
export class Panel extends Component {
    static template = "farm_traceability_scan.Panel";
    static components = {Icon};
    static props = {
        title: String,
        close: Function,
        slots: Object,
    };

    setup() {
        useScanTarget({
            onCommand: (name) => {
                if (name !== "BACK") {
                    return false;
                }
                this.props.close();
                return true;
            },
        });
    }
}
