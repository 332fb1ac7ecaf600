import {Component, useEffect, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {TraceExport} from "../trace_export/trace_export";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const METHODS = {
    up: "get_trace_origins",
    down: "get_trace_destinations",
};

/**
 * Shows one direction of a lot's trace. It reads only when it is shown, that is when
 * its tab is opened, and composes nothing: every text comes from the server.
 */
export class LotTrace extends Component {
    static template = "farm_traceability.LotTrace";
    static components = {TraceExport};
    static props = {
        ...standardWidgetProps,
        direction: {validate: (value) => value in METHODS},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({
            status: "loading",
            sheet: null,
            error: "",
            unfolded: {},
        });
        useEffect(
            () => {
                this.load();
            },
            () => [this.props.record.resId]
        );
    }

    async load() {
        const lot = this.props.record.resId;
        Object.assign(this.state, {status: "loading", error: "", unfolded: {}});
        try {
            this.state.sheet = await this.keepLast.add(
                this.orm.silent.call("stock.lot", METHODS[this.props.direction], [
                    [lot],
                ])
            );
            this.state.status = "ready";
        } catch (error) {
            this.state.error =
                error.data?.message || _t("The server did not answer. Try again.");
            this.state.status = "failed";
        }
    }

    isFolded(section) {
        return Boolean(section.unfold) && !this.state.unfolded[section.key];
    }

    visibleRows(section) {
        return this.isFolded(section)
            ? section.rows.slice(0, section.folded)
            : section.rows;
    }

    open(event, cell) {
        if (event.ctrlKey || event.metaKey) {
            return;
        }
        event.preventDefault();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: cell.model,
            res_id: cell.id,
            views: [[false, "form"]],
        });
    }

    openList(section) {
        this.action.doAction(section.action.action);
    }
}

export const lotTrace = {
    component: LotTrace,
    extractProps: ({attrs}) => ({direction: attrs.direction}),
    additionalClasses: ["d-block", "w-100"],
};

registry.category("view_widgets").add("farm_lot_trace", lotTrace);
