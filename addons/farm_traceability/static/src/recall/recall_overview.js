import {Component, onWillStart, onWillUpdateProps} from "@odoo/owl";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/**
 * What needs somebody now, above the recalls: each card is a number with a label, and a
 * filter of the list. All texts come from the server.
 */
export class RecallOverview extends Component {
    static template = "farm_traceability.RecallOverview";
    static props = {list: {type: Object, optional: true}};

    setup() {
        this.orm = useService("orm");
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        this.cards = await this.orm.call("farm.recall", "get_overview");
    }

    filter(name) {
        const {searchModel} = this.env;
        const [item] = searchModel.getSearchItems((one) => one.name === name);
        searchModel.clearQuery();
        if (item) {
            searchModel.toggleSearchItem(item.id);
        }
    }
}

export class RecallKanbanRenderer extends KanbanRenderer {
    static template = "farm_traceability.RecallKanbanRenderer";
    static components = {...KanbanRenderer.components, RecallOverview};
}

export class RecallListRenderer extends ListRenderer {
    static template = "farm_traceability.RecallListRenderer";
    static components = {...ListRenderer.components, RecallOverview};
}

registry.category("views").add("farm_recall_kanban", {
    ...kanbanView,
    Renderer: RecallKanbanRenderer,
});
registry.category("views").add("farm_recall_list", {
    ...listView,
    Renderer: RecallListRenderer,
});
