import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Icon} from "../../../shell/icon/icon";

/** Kinds of things whose names are read letter by letter. */
const OF_CODES = new Set(["lot", "new_lot", "package"]);

/** What the server knows of one thing, as it says it. */
export class LookUpCard extends Component {
    static template = "farm_traceability_scan.LookUpCard";
    static components = {Icon};
    static props = {
        card: {
            type: Object,
            shape: {
                title: String,
                warning: {type: String, optional: true},
                facts: Array,
                stock: Array,
                "*": true,
            },
        },
        icon: String,
    };

    get isCode() {
        return OF_CODES.has(this.props.card.kind);
    }

    /** The title is not said twice. */
    get facts() {
        const {facts, title} = this.props.card;
        return facts.filter(([, value]) => value !== title);
    }

    get trace() {
        return this.props.card.trace ?? [];
    }

    get link() {
        return this.props.card.link;
    }

    get stockTitle() {
        return this.props.card.stock_title ?? _t("In stock");
    }

    isPartFree({free, quantity}) {
        return Boolean(free) && free !== quantity;
    }

    freeText({free}) {
        return _t("Free: %s", free);
    }
}
