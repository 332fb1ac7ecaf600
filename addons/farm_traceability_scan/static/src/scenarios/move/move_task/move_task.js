import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../../app/numbers";
import {Icon} from "../../../shell/icon/icon";

/** What is moved, from where, and how much: what is known and what is asked next. */
export class MoveTask extends Component {
    static template = "farm_traceability_scan.MoveTask";
    static components = {Icon};
    static props = {
        draft: Object,
        step: String,
        free: {type: Number, optional: true},
        typed: {type: Number, optional: true},
    };

    get steps() {
        const {item_name: item, source_name: source} = this.props.draft;
        const now = this.props.step === "lot" ? "item" : this.props.step;
        const steps = [
            {name: "item", icon: "pick", label: _t("What"), value: item},
            {name: "source", icon: "place", label: _t("From"), value: source},
            {name: "target", icon: "move", label: _t("To"), value: ""},
        ];
        return steps.map((step) => ({...step, isNow: step.name === now}));
    }

    get quantity() {
        const {draft, free, typed} = this.props;
        const quantity = typed ?? draft.quantity ?? free;
        const isShown = draft.item_name && !draft.package_id && quantity !== undefined;
        return isShown && quantity !== null ? quantityText(quantity) : "";
    }
}
