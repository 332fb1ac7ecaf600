import {Component} from "@odoo/owl";
import {quantityText} from "../../../app/numbers";
import {Icon} from "../../../shell/icon/icon";
import {differenceOf} from "../count_words";

/** What lies at a place: what is counted already, and what is not. */
export class CountList extends Component {
    static template = "farm_traceability_scan.CountList";
    static components = {Icon};
    static props = {
        lines: Array,
        current: {type: Number, optional: true},
        choose: {type: Function, optional: true},
    };

    get rows() {
        return this.props.lines.map((line) => ({
            line,
            id: line.id,
            name: line.lot ? line.lot.name : line.product.name,
            detail: detailOf(line),
            counted: line.counted === null ? "–" : quantityText(line.counted),
            expected: line.quantity === undefined ? "" : quantityText(line.quantity),
            unit: line.unit,
            isCounted: line.counted !== null,
            difference: differenceOf(line),
        }));
    }

    choose({line}) {
        this.props.choose?.(line);
    }
}

function detailOf({lot, product, package: pack, owner}) {
    return [lot && product.name, pack, owner].filter(Boolean).join(" · ");
}
