import {Component} from "@odoo/owl";
import {DashboardNumber} from "../dashboard_number/dashboard_number";

export const TABLE = {
    type: Object,
    shape: {
        caption: String,
        columns: {type: Array, element: String},
        rows: {
            type: Array,
            element: {
                type: Object,
                shape: {
                    label: String,
                    cells: {type: Array, element: [Object, {value: null}]},
                },
            },
        },
        chart: [Object, {value: false}],
    },
};

let tables = 0;

/** Figures in rows and columns; each is named by its row, its column and its text. */
export class DashboardTable extends Component {
    static template = "farm_traceability.DashboardTable";
    static components = {DashboardNumber};
    static props = {table: TABLE};

    setup() {
        tables += 1;
        this.id = `o_farm_dashboard_table_${tables}`;
    }

    rowId(row) {
        return `${this.id}_row_${row}`;
    }

    columnId(column) {
        return `${this.id}_column_${column}`;
    }

    cellId(row, column) {
        return `${this.id}_cell_${row}_${column}`;
    }

    namesOf(row, column) {
        const parts = [
            this.rowId(row),
            this.columnId(column),
            this.cellId(row, column),
        ];
        return parts.join(" ");
    }
}
