import {Component} from "@odoo/owl";
import {dayText, quantityText} from "../../../app/numbers";
import {Icon} from "../../../shell/icon/icon";
import {leftOf} from "../../shared/sheet";

/** The one thing to do next: where, what, how much. */
export class PickTask extends Component {
    static template = "farm_traceability_scan.PickTask";
    static components = {Icon};
    static props = {
        line: Object,
        context: Object,
        typed: {type: Number, optional: true},
        openPackage: {type: String, optional: true},
    };

    /** The last part of a place's name is read from afar; what it lies in is not. */
    get place() {
        const parts = this.props.line.location.name.split("/");
        return {name: parts.at(-1), above: parts.slice(0, -1).join(" / ")};
    }

    /** Where it lies; what it is loaded in stands large already. */
    get package() {
        const {line, openPackage} = this.props;
        return line.package === openPackage ? "" : line.package;
    }

    get isHere() {
        return this.props.context.location_id === this.props.line.location.id;
    }

    get quantity() {
        return quantityText(this.props.typed ?? leftOf(this.props.line));
    }

    get ofAll() {
        const {scanned, quantity} = this.props.line;
        return scanned
            ? {scanned: quantityText(scanned), all: quantityText(quantity)}
            : null;
    }

    get part() {
        const {scanned, quantity} = this.props.line;
        return quantity ? Math.min(100, (100 * scanned) / quantity) : 0;
    }

    get expiry() {
        const {expiry} = this.props.line;
        return expiry ? dayText(expiry) : "";
    }
}
