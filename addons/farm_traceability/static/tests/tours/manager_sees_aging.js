import {registry} from "@web/core/registry";
import {fill, openMenu, press, see} from "./steps";

/** A manager asks for the ages of stock, is told of bad buckets, and drills down. */
registry.category("web_tour.tours").add("farm_manager_sees_aging", {
    steps: () => [
        ...openMenu("Farm Traceability", "Reporting", "Stock Aging"),
        fill("limits", "30, 7"),
        press("action_show"),
        see(".o_error_dialog:contains(each higher than the one before)"),
        {trigger: ".o_error_dialog .modal-footer .btn-primary", run: "click"},
        {trigger: "body:not(:has(.o_error_dialog))"},
        fill("limits", "7, 30"),
        press("action_show"),
        see(".o_pivot th:contains(0–7 days)"),
        see(".o_pivot th:contains(over 30 days)"),
        see(".o_pivot tr:contains(TOUR-AGED):contains(12.00)"),
        {trigger: "button.o_switch_view.o_list", run: "click"},
        {trigger: ".o_group_name:contains(TOUR-AGED)", run: "click"},
        {trigger: ".o_data_row:contains(over 30 days) td[name=bucket]", run: "click"},
        see(".o_form_view .o_field_widget[name=is_slow] input:checked"),
        press("action_open_moves"),
        see(".o_list_view .o_data_row:contains(TOUR-AGED)"),
    ],
});
