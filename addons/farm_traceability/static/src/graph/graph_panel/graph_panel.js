import {Component} from "@odoo/owl";
import {iconOf} from "../graph_look";

/** A group of more than this is only opened as a list. */
const MOST_APART = 500;

/** What is known of the node that is selected. */
export class GraphPanel extends Component {
    static template = "farm_traceability.GraphPanel";
    static props = {
        node: Object,
        stateLabel: String,
        onOpen: Function,
        onPartGroup: Function,
        onClose: Function,
    };

    get icon() {
        return iconOf(this.props.node.state, "#888");
    }

    get canOpen() {
        return this.props.node.res_ids.length === 1;
    }

    get canList() {
        return this.props.node.res_ids.length > 1;
    }

    get canPart() {
        const {model, res_ids: ids} = this.props.node;
        return this.canList && model === "stock.lot" && ids.length <= MOST_APART;
    }
}
