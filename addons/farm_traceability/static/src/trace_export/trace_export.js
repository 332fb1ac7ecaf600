import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {useService} from "@web/core/utils/hooks";

const FORMATS = ["pdf", "xlsx", "csv"];

/** Downloads the trace of a record. */
export class TraceExport extends Component {
    static template = "farm_traceability.TraceExport";
    static components = {Dropdown, DropdownItem};
    static props = {record: Object};

    setup() {
        this.action = useService("action");
        this.formats = FORMATS;
    }

    download(format) {
        const {resModel, resId} = this.props.record;
        this.action.doAction({
            type: "ir.actions.act_url",
            url: `/farm_traceability/trace/${resModel}/${resId}.${format}`,
            target: "download",
        });
    }
}
