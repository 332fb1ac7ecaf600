import {Component} from "@odoo/owl";
import {dayText, quantityText} from "../../../app/numbers";
import {Icon} from "../../../shell/icon/icon";
import {isScanned} from "../../shared/sheet";

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
            isDone: isScanned({scanned: group.came, quantity: group.expected}),
            came: quantityText(group.came),
            expected: quantityText(group.expected),
            lots: group.lots.map((lot) => this.lot(lot)),
        }));
    }

    lot(lot) {
        const details = [dayText(lot.expiry || ""), lot.packed];
        return {
            ...lot,
            lot,
            detail: details.filter(Boolean).join(" · "),
            came: quantityText(lot.came),
        };
    }
}
