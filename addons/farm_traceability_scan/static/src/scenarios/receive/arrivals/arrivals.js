import {Component} from "@odoo/owl";
import {dayText, quantityText} from "../../../app/numbers";
import {Icon} from "../../../shell/icon/icon";
import {isComplete} from "../receive_local";

/** What came and what is expected, product by product with its lots. */
export class Arrivals extends Component {
    static template = "farm_traceability_scan.Arrivals";
    static components = {Icon};
    static props = {
        groups: Array,
        current: {type: Number, optional: true},
        choose: Function,
    };

    get rows() {
        return this.props.groups.map((group) => ({
            ...group,
            group,
            isDone: isComplete(group),
            came: quantityText(group.came),
            expected: quantityText(group.expected),
            lots: group.lots.map((lot) => this.lot(lot)),
        }));
    }

    lot(lot) {
        return {
            ...lot,
            lot,
            expiry: dayText(lot.expiry || ""),
            came: quantityText(lot.came),
        };
    }
}
