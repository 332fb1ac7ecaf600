import {Component} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

export const FIGURE = {
    type: Object,
    shape: {
        value: true,
        text: String,
        action: Object,
        measure: true,
        label: String,
        tone: String,
        hint: String,
    },
};

/** A number that opens the records behind it. */
export class DashboardNumber extends Component {
    static template = "farm_traceability.DashboardNumber";
    static props = {
        figure: FIGURE,
        isLarge: {type: Boolean, optional: true},
        labelledby: {type: String, optional: true},
        id: {type: String, optional: true},
    };

    setup() {
        this.dashboard = useService("farm_dashboard");
    }

    open() {
        this.dashboard.open(this.props.figure.action);
    }
}
