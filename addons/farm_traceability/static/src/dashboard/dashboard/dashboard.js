import {Component, onWillStart, useState} from "@odoo/owl";
import {DashboardFilters} from "../dashboard_filters/dashboard_filters";
import {DashboardTile} from "../dashboard_tile/dashboard_tile";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** Tiles of numbers by filters; the server says which, and in which words. */
export class Dashboard extends Component {
    static template = "farm_traceability.Dashboard";
    static components = {DashboardFilters, DashboardTile, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.dashboard = useService("farm_dashboard");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        this.state = useState({
            filters: this.props.state?.filters || {},
            data: null,
            error: "",
            isLoading: true,
        });
        useSetupAction({getLocalState: () => ({filters: {...this.state.filters}})});
        onWillStart(() => {
            this.load();
            return loadBundle("web.chartjs_lib");
        });
    }

    async load() {
        this.state.isLoading = true;
        const {data, error} = await this.keepLast.add(
            this.dashboard.load({...this.state.filters})
        );
        this.state.isLoading = false;
        this.state.error = error || "";
        if (data) {
            this.state.data = data;
            this.state.filters = data.filters;
        }
    }

    change(filters) {
        Object.assign(this.state.filters, filters);
        this.load();
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("farm_dashboard", Dashboard);
