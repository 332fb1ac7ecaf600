import {Component} from "@odoo/owl";
import {quantityText} from "../../../app/numbers";
import {Icon} from "../../../shell/icon/icon";

/** Where what was taken is to go. */
export class PutTask extends Component {
    static template = "farm_traceability_scan.PutTask";
    static components = {Icon};
    static props = {line: Object};

    get place() {
        const parts = this.props.line.destination.name.split("/");
        return {name: parts.at(-1), above: parts.slice(0, -1).join(" / ")};
    }

    get name() {
        const {lot, product} = this.props.line;
        return lot ? lot.name : product.name;
    }

    get detail() {
        const {lot, product, scanned, unit} = this.props.line;
        const quantity = `${quantityText(scanned)} ${unit}`;
        return lot ? `${quantity} · ${product.name}` : quantity;
    }
}
