import {Component, onMounted, onWillUnmount, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** Reads the hold again while its reservations are being taken back. */
export class HoldProgress extends Component {
    static template = xml`<span />`;
    static props = {...standardWidgetProps};
    static interval = 2000;

    setup() {
        let timer = null;
        onMounted(() => {
            timer = setInterval(() => this.look(), HoldProgress.interval);
        });
        onWillUnmount(() => clearInterval(timer));
    }

    async look() {
        const {record} = this.props;
        if (record.data.pending_count && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("farm_hold_progress", {component: HoldProgress});
