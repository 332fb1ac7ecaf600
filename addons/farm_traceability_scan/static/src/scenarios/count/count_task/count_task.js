import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../../app/numbers";
import {differenceOf} from "../count_words";

/** What was counted last, and what it comes to. */
export class CountTask extends Component {
    static template = "farm_traceability_scan.CountTask";
    static props = {line: Object};

    get name() {
        const {lot, product} = this.props.line;
        return lot ? lot.name : product.name;
    }

    get counted() {
        const {counted} = this.props.line;
        return counted === null ? "–" : quantityText(counted);
    }

    get expected() {
        const {quantity} = this.props.line;
        return quantity === undefined ? null : quantityText(quantity);
    }

    get handsText() {
        return _t("Hands: %s", this.props.line.hands);
    }

    get difference() {
        return differenceOf(this.props.line);
    }
}
