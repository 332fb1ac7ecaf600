import {qtyAtDateWidget} from "@sale_stock/widgets/qty_at_date_widget";
import {patch} from "@web/core/utils/patch";

patch(qtyAtDateWidget, {
    fieldDependencies: [
        ...qtyAtDateWidget.fieldDependencies,
        {name: "not_qualifying", type: "char"},
    ],
});
