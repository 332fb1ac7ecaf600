import {registry} from "@web/core/registry";
import {fill, press, see} from "./steps";

registry.category("web_tour.tours").add("farm_inventory_operates", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button:contains(Lot Operation)",
            run: "click",
        },
        see(".modal .o_radio_input:checked[data-value=merge]"),
        press("action_prepare"),
        see(".alert-success:contains(All is accounted for.)"),
        {trigger: ".o_notebook_headers .nav-link:contains(Made)", run: "click"},
        {
            trigger: ".o_data_row .o_data_cell[name=input_quantity]",
            run: "click",
        },
        fill("input_quantity", "19.6"),
        see(".alert-warning:contains(0.4 kg not yet accounted for.)"),
        {trigger: ".o_notebook_headers .nav-link:contains(Lost)", run: "click"},
        {trigger: ".o_field_x2many_list_row_add a", run: "click"},
        fill("quantity", "0.4"),
        see(".alert-success:contains(All is accounted for.)"),
        press("action_post"),
        see(".o_arrow_button_current:contains(Posted)"),
        press("action_reverse"),
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit The wrong crate was scanned",
        },
        {trigger: ".modal button[name=action_reverse]:enabled", run: "click"},
        see(".alert-danger:contains(The wrong crate was scanned)"),
    ],
});
