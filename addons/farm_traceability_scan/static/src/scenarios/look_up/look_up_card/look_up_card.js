import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
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

    freeText({free}) {
        return _t("Free: %s", free);
    }
}
