import {Component, useEffect, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {StockCardSection} from "./stock_card_section";
import {_t} from "@web/core/l10n/translation";
import {asked} from "./asked";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** The card below the fields that ask for it; it is read anew when they change. */
export class StockCard extends Component {
    static template = "farm_traceability.StockCard";
    static components = {StockCardSection};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({status: "loading", error: "", card: null, values: {}});
        useEffect(
            () => {
                this.load();
            },
            () => [JSON.stringify(asked(this.props.record.data))]
        );
    }

    async load(offset = 0) {
        const values = asked(this.props.record.data);
        try {
            const card = await this.keepLast.add(
                this.orm.silent.call("farm.stock.card", "get_card", [values, offset])
            );
            Object.assign(this.state, {card, values, status: "ready", error: ""});
        } catch (error) {
            this.state.error =
                error.data?.message || _t("The server did not answer. Try again.");
            this.state.status = "failed";
        }
    }

    keyOf(section) {
        return `${section.id} ${JSON.stringify(this.state.values)}`;
    }
}

registry.category("view_widgets").add("farm_stock_card", {
    component: StockCard,
    additionalClasses: ["d-block", "w-100"],
});
