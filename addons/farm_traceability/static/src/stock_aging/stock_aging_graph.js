import {GraphModel} from "@web/views/graph/graph_model";
import {graphView} from "@web/views/graph/graph_view";
import {registry} from "@web/core/registry";

/** Whatever stock is grouped by, its bars are parted by age. */
export class StockAgingGraphModel extends GraphModel {
    async load(searchParams) {
        const {groupBy} = searchParams;
        const parted = groupBy.length === 1 && groupBy[0] !== "bucket";
        return super.load({
            ...searchParams,
            groupBy: parted ? [...groupBy, "bucket"] : groupBy,
        });
    }
}

registry
    .category("views")
    .add("farm_stock_aging_graph", {...graphView, Model: StockAgingGraphModel});
