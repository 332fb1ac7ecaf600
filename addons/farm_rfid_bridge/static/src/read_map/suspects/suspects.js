import {Component, onWillStart, useState} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {ReadMap} from "../read_map";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useLive} from "../../live/live";
import {useService} from "@web/core/utils/hooks";

/** The maps of all tags that are suspected to be copies. */
export class Suspects extends Component {
    static template = "farm_rfid_bridge.Suspects";
    static components = {Layout, ReadMap};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({found: null});
        onWillStart(this.load.bind(this));
        useLive(this.load);
    }

    async load() {
        this.state.found = await this.orm.call("farm.tag", "get_suspect_maps");
    }

    openTag({id}) {
        this.open("farm.tag", [id]);
    }

    settle({event_ids: ids}) {
        this.open("farm.device.event", ids);
    }

    open(model, ids) {
        const one = ids.length === 1;
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: one && ids[0],
            domain: [["id", "in", ids]],
            views: [...(one ? [] : [[false, "list"]]), [false, "form"]],
        });
    }
}

registry.category("actions").add("farm_rfid_suspects", Suspects);
