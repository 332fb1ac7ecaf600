/* global Chart */
import {Component, useEffect, useRef} from "@odoo/owl";
import {TABLE} from "../dashboard_table/dashboard_table";
import {chartConfig} from "./chart_config";
import {cookie} from "@web/core/browser/cookie";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

// In pixels: upright bars; a row of lying bars, each bar, the axis with the legend.
const HEIGHT = 180;
const ROW = 8;
const BAR = 16;
const REST = 60;

/** A table as bars. The table says the same in numbers, also to those who see no bars. */
export class DashboardChart extends Component {
    static template = "farm_traceability.DashboardChart";
    static props = {table: TABLE, title: String};

    setup() {
        this.dashboard = useService("farm_dashboard");
        this.canvas = useRef("canvas");
        useEffect(
            (table) => {
                const open = (figure) => figure && this.dashboard.open(figure.action);
                const config = chartConfig(table, this.look, open);
                const chart = new Chart(this.canvas.el, config);
                return () => chart.destroy();
            },
            () => [this.props.table]
        );
    }

    get look() {
        const style = getComputedStyle(this.canvas.el);
        return {
            text: style.color,
            grid: style.getPropertyValue("border-top-color"),
            scheme: cookie.get("color_scheme"),
            locale: user.lang,
        };
    }

    get height() {
        const {chart, rows} = this.props.table;
        const bars = chart.stacked ? 1 : chart.draws.length;
        return chart.horizontal ? REST + rows.length * (ROW + BAR * bars) : HEIGHT;
    }
}
