import {registry} from "@web/core/registry";
import {choose, fill, openMenu, press, see} from "./steps";

const openReceipt = () =>
    openMenu("Farm Traceability", "Farm Gate", "Farm-gate Receipt");

registry.category("web_tour.tours").add("farm_collector_receives", {
    steps: () => [
        ...openReceipt(),
        ...choose("farmer_id", "Tour Farmer Certified"),
        see(".alert-success:contains(covers this harvest)"),
        fill("new_count", "3"),
        fill("new_quantity", "12"),
        fill("new_piece_count", "8"),
        press("action_add_bunches"),
        see(".o_field_widget[name=line_ids] .o_data_row:eq(2)"),
        press("action_receive"),
        see(
            ".o_form_view:contains(Tour Farmer Certified) .o_arrow_button_current:contains(Posted)"
        ),
    ],
});

registry.category("web_tour.tours").add("farm_collector_is_refused", {
    steps: () => [
        ...openReceipt(),
        ...choose("farmer_id", "Tour Farmer Suspended"),
        see(".alert-danger:contains(suspended)"),
        fill("new_quantity", "12"),
        press("action_add_bunches"),
        see(".o_field_widget[name=line_ids] .o_data_row"),
        press("action_receive"),
        see(".modal:contains(cannot be received):contains(suspended)"),
        {trigger: ".modal .modal-footer button", run: "click"},
        see("body:not(:has(.modal)) .alert-danger:contains(suspended)"),
    ],
});
