import {Component, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** One product, or one part of it: its sums, and its lines page by page. */
export class StockCardSection extends Component {
    static template = "farm_traceability.StockCardSection";
    static props = {
        section: Object,
        columns: Array,
        values: Object,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        const {page} = this.props.section;
        this.state = useState({isOpen: Boolean(page), page, error: ""});
    }

    async toggle() {
        this.state.isOpen = !this.state.isOpen;
        if (this.state.isOpen && !this.state.page) {
            await this.load(0);
        }
    }

    async load(offset) {
        const {section, values} = this.props;
        try {
            this.state.page = await this.keepLast.add(
                this.orm.silent.call("farm.stock.card", "get_rows", [
                    values,
                    section.key,
                    offset,
                ])
            );
            this.state.error = "";
        } catch (error) {
            this.state.error =
                error.data?.message || _t("The server did not answer. Try again.");
        }
    }

    get hasPages() {
        return this.state.page.last > 0;
    }

    async openFigure(name) {
        const {section, values} = this.props;
        const method = "action_open_figure";
        const args = [values, section.key, name];
        this.action.doAction(await this.orm.call("farm.stock.card", method, args));
    }

    async openRow(event, row) {
        if (event.ctrlKey || event.metaKey) {
            return;
        }
        event.preventDefault();
        this.action.doAction(
            await this.orm.call("farm.stock.card", "action_open_line", [row.id])
        );
    }
}
