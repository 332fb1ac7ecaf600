import {Component, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";

const MOST_FOUND = 8;
const PAUSE = 250;

/** Nodes whose label has a text in it, those that begin with it first. */
export function findNodes(nodes, text, most = MOST_FOUND) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) {
        return [];
    }
    const place = (node) => node.label.toLowerCase().indexOf(wanted);
    return nodes
        .filter((node) => node.kind !== "group" && place(node) >= 0)
        .sort((one, other) => place(one) - place(other))
        .slice(0, most);
}

/** Finds a lot in the drawing, also one that is drawn as part of a group. */
export class GraphSearch extends Component {
    static template = "farm_traceability.GraphSearch";
    static props = {nodes: Array, onFound: Function, onFoundInGroup: Function};

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({text: "", nodes: [], lots: [], isDone: false});
        this.searchLater = useDebounced(() => this.search(), PAUSE);
    }

    onInput(event) {
        this.state.text = event.target.value;
        this.state.isDone = false;
        this.searchLater();
    }

    async search() {
        const {text} = this.state;
        this.state.nodes = findNodes(this.props.nodes, text);
        this.state.lots = text.trim() ? await this.searchGroups(text.trim()) : [];
        this.state.isDone = Boolean(text.trim());
    }

    async searchGroups(text) {
        const groups = this.props.nodes.filter(
            (node) => node.kind === "group" && node.model === "stock.lot"
        );
        const ids = groups.flatMap((node) => node.res_ids);
        const room = MOST_FOUND - this.state.nodes.length;
        if (!ids.length || room <= 0) {
            return [];
        }
        const domain = [
            ["id", "in", ids],
            ["name", "ilike", text],
        ];
        return this.keepLast.add(
            this.orm.silent.searchRead("stock.lot", domain, ["name"], {limit: room})
        );
    }

    get isEmpty() {
        return this.state.isDone && !this.state.nodes.length && !this.state.lots.length;
    }

    choose(act) {
        Object.assign(this.state, {text: "", nodes: [], lots: [], isDone: false});
        act();
    }

    onKeydown(event) {
        const [node] = this.state.nodes;
        const [lot] = this.state.lots;
        if (event.key === "Enter") {
            event.preventDefault();
            if (node) {
                this.choose(() => this.props.onFound(node.id));
            } else if (lot) {
                this.choose(() => this.props.onFoundInGroup(lot.id));
            }
        } else if (event.key === "Escape" && this.state.text) {
            event.stopPropagation();
            this.choose(() => {});
        }
    }
}
