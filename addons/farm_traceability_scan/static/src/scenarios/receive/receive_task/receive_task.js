import {Component} from "@odoo/owl";
import {dayText, quantityText} from "../../../app/numbers";
import {Icon} from "../../../shell/icon/icon";

/** What is received now: the product, its last lot, and how much of it came. */
export class ReceiveTask extends Component {
    static template = "farm_traceability_scan.ReceiveTask";
    static components = {Icon};
    static props = {
        group: Object,
        lot: {type: Object, optional: true},
        typed: {type: Number, optional: true},
        askLabel: Function,
    };

    get part() {
        const {came, expected} = this.props.group;
        return expected ? Math.min(100, (100 * came) / expected) : 0;
    }

    get came() {
        return quantityText(this.props.group.came);
    }

    get expected() {
        return quantityText(this.props.group.expected);
    }

    get typed() {
        return this.props.typed === undefined ? "" : quantityText(this.props.typed);
    }

    get lotCame() {
        return `${quantityText(this.props.lot.came)} ${this.props.group.unit}`;
    }

    get expiry() {
        return dayText(this.props.lot.expiry || "");
    }
}
