import {DashboardTable, TABLE} from "../dashboard_table/dashboard_table";
import {DashboardNumber, FIGURE} from "../dashboard_number/dashboard_number";
import {Component} from "@odoo/owl";
import {DashboardChart} from "../dashboard_chart/dashboard_chart";

/** One subject: its figures, its tables and their charts. */
export class DashboardTile extends Component {
    static template = "farm_traceability.DashboardTile";
    static components = {DashboardChart, DashboardNumber, DashboardTable};
    static props = {
        tile: {
            type: Object,
            shape: {
                key: String,
                title: String,
                when: String,
                note: String,
                figures: {type: Array, element: FIGURE},
                tables: {type: Array, element: TABLE},
                empty: String,
            },
        },
    };

    get id() {
        return `o_farm_dashboard_tile_${this.props.tile.key}`;
    }

    get isEmpty() {
        const {figures, tables} = this.props.tile;
        return !figures.length && !tables.length;
    }

    /** @param {Number} index of a figure */
    namesOf(index) {
        return `${this.id}_label_${index} ${this.id}_figure_${index}`;
    }
}
