import {Component} from "@odoo/owl";

const OPTIONS = {
    type: Array,
    element: {type: Object, shape: {id: [Number, String], name: String}},
};

/** What the dashboard is about; each change is told at once. */
export class DashboardFilters extends Component {
    static template = "farm_traceability.DashboardFilters";
    static props = {
        options: {
            type: Object,
            shape: {
                companies: OPTIONS,
                warehouses: OPTIONS,
                crops: OPTIONS,
                periods: OPTIONS,
            },
        },
        filters: Object,
        onChange: Function,
    };

    chooseCompany(event) {
        // Each company has warehouses of its own.
        this.props.onChange({
            company_id: this.idOf(event),
            warehouse_id: false,
        });
    }

    chooseWarehouse(event) {
        this.props.onChange({warehouse_id: this.idOf(event)});
    }

    chooseCrop(event) {
        this.props.onChange({crop_id: this.idOf(event)});
    }

    choosePeriod(event) {
        if (event.target.value) {
            this.props.onChange({period: event.target.value, begin: false, end: false});
        }
    }

    chooseDay(name, event) {
        const {begin, end} = this.props.filters;
        this.props.onChange({begin, end, period: "", [name]: event.target.value});
    }

    idOf(event) {
        return Number(event.target.value) || false;
    }
}
