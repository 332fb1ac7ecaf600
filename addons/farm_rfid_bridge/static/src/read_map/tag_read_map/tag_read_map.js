import {Component, onWillStart, useEffect, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {ReadMap} from "../read_map";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useLive} from "../../live/live";
import {useService} from "@web/core/utils/hooks";

/** The map of reads on the form of a tag; it reads when its tab is opened. */
export class TagReadMap extends Component {
    static template = "farm_rfid_bridge.TagReadMap";
    static components = {ReadMap};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({map: null});
        onWillStart(this.load.bind(this));
        useEffect(
            (resId) => {
                if (resId !== this.state.map?.id) {
                    this.load();
                }
            },
            () => [this.props.record.resId]
        );
        useLive(this.load);
    }

    async load() {
        this.state.map = await this.keepLast.add(
            this.orm.call("farm.tag", "get_read_map", [[this.props.record.resId]])
        );
    }
}

export const tagReadMap = {
    component: TagReadMap,
    additionalClasses: ["d-block", "w-100"],
};

registry.category("view_widgets").add("farm_tag_read_map", tagReadMap);
