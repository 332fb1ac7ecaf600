import {Component} from "@odoo/owl";
import {quantityText} from "../../../app/numbers";
import {Icon} from "../../../shell/icon/icon";
import {isScanned} from "../sheet";

/** Lines of a document in the order of the walk, place by place. */
export class LineList extends Component {
    static template = "farm_traceability_scan.LineList";
    static components = {Icon};
    static props = {
        lines: Array,
        current: {type: Number, optional: true},
        choose: {type: Function, optional: true},
    };

    get places() {
        const places = new Map();
        for (const line of this.props.lines) {
            const {id, name} = line.location;
            if (!places.has(id)) {
                places.set(id, {id, name, rows: []});
            }
            places.get(id).rows.push(this.row(line));
        }
        return [...places.values()];
    }

    row(line) {
        return {
            line,
            id: line.id,
            isDone: isScanned(line),
            name: line.lot ? line.lot.name : line.product.name,
            detail: line.lot ? line.product.name : "",
            scanned: quantityText(line.scanned),
            quantity: quantityText(line.quantity),
            unit: line.unit,
        };
    }

    choose({line}) {
        this.props.choose?.(line);
    }
}
