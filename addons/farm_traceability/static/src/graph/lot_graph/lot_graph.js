import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {iconOf, readColours} from "../graph_look";
import {GraphCanvas} from "../graph_canvas/graph_canvas";
import {GraphPanel} from "../graph_panel/graph_panel";
import {GraphSearch} from "../graph_search/graph_search";
import {KeepLast} from "@web/core/utils/concurrency";
import {TraceExport} from "../../trace_export/trace_export";
import {_t} from "@web/core/l10n/translation";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/**
 * Draws the trace of a record whose model has the method `get_trace_graph`. It reads
 * when it is shown; every text comes from the server.
 */
export class LotGraph extends Component {
    static template = "farm_traceability.LotGraph";
    static components = {GraphCanvas, GraphPanel, GraphSearch, TraceExport};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.root = useRef("root");
        this.state = useState({
            status: "loading",
            error: "",
            data: null,
            selected: null,
            isLarge: false,
        });
        useEffect(
            () => {
                this.apart = [];
                this.state.selected = null;
                this.load();
            },
            () => [this.props.record.resId]
        );
        useEffect(
            (selected) => {
                const panel = this.root.el.querySelector(".o_farm_graph_panel");
                if (selected && panel) {
                    this.canvas.avoid(panel);
                }
            },
            () => [this.state.selected]
        );
        useEffect(
            (isLarge) => {
                document.body.classList.toggle("o_farm_graph_open", isLarge);
                return () => document.body.classList.remove("o_farm_graph_open");
            },
            () => [this.state.isLarge]
        );
    }

    get title() {
        return _t("Graph of the trace");
    }

    async load() {
        const {resModel, resId} = this.props.record;
        if (!this.state.data) {
            this.state.status = "loading";
        }
        try {
            const [data] = await this.keepLast.add(
                Promise.all([
                    this.orm.silent.call(resModel, "get_trace_graph", [[resId]], {
                        apart: this.apart,
                    }),
                    loadBundle("farm_traceability.assets_graph"),
                ])
            );
            this.state.data = data;
            this.state.status = "ready";
        } catch (error) {
            this.state.error =
                error.data?.message || _t("The server did not answer. Try again.");
            this.state.status = "failed";
        }
    }

    setCanvas(canvas) {
        this.canvas = canvas;
    }

    // -- the node that is selected

    get node() {
        const {data, selected} = this.state;
        return data.nodes.find((node) => node.id === selected);
    }

    labelOf(state) {
        return this.state.data.legend.find((row) => row.state === state).label;
    }

    iconOf(state) {
        return iconOf(
            state,
            readColours(this.root.el || document.body)[state] || "#888"
        );
    }

    select(id) {
        this.state.selected = id;
    }

    find(id) {
        this.select(id);
        this.canvas.show(id);
    }

    open(id) {
        const node = this.state.data.nodes.find((one) => one.id === id);
        const ids = node.res_ids;
        if (!ids.length) {
            return;
        }
        this.state.isLarge = false;
        const window_ = {
            type: "ir.actions.act_window",
            name: node.label,
            res_model: node.model,
            context: {create: false},
        };
        this.action.doAction(
            ids.length === 1
                ? {...window_, res_id: ids[0], views: [[false, "form"]]}
                : {
                      ...window_,
                      domain: [["id", "in", ids]],
                      views: [
                          [false, "list"],
                          [false, "form"],
                      ],
                  }
        );
    }

    // -- groups

    async partGroup(ids) {
        this.apart = [...ids, ...this.apart];
        this.state.selected = null;
        await this.load();
        const first = this.state.data.nodes.find(
            (node) => node.model === "stock.lot" && node.res_ids[0] === ids[0]
        );
        if (first) {
            this.select(first.id);
        }
    }

    onKeydown(event) {
        if (event.key === "Escape" && this.state.isLarge) {
            event.stopPropagation();
            this.state.isLarge = false;
        }
    }
}

export const lotGraph = {
    component: LotGraph,
    additionalClasses: ["d-block", "w-100"],
};

registry.category("view_widgets").add("farm_lot_graph", lotGraph);
