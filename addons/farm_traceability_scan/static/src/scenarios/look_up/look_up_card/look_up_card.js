import {Component} from "@odoo/owl";
import {Icon} from "../../../shell/icon/icon";

/** What the server knows of one thing, as it says it. */
export class LookUpCard extends Component {
    static template = "farm_traceability_scan.LookUpCard";
    static components = {Icon};
    static props = {
        card: {
            type: Object,
            shape: {
                title: String,
                warning: {type: String, optional: true},
                facts: Array,
                stock: Array,
                "*": true,
            },
        },
        icon: String,
    };
}
