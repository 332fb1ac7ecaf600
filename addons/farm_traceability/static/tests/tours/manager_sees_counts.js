import {openMenu, press, see} from "./steps";
import {registry} from "@web/core/registry";

const row = ".o_data_row:contains(TOUR-COUNTED)";

/** The head of the store looks into a difference, gives its reason, and drills down. */
registry.category("web_tour.tours").add("farm_manager_sees_counts", {
    steps: () => [
        ...openMenu("Farm Traceability", "Reporting", "Count Results"),
        {
            trigger: ".o_field_widget[name=location_ids] input",
            run: "edit Shelf B",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Shelf B)",
            run: "click",
        },
        press("action_show"),
        see(".o_error_dialog:contains(There is no such count)"),
        {trigger: ".o_error_dialog .modal-footer .btn-primary", run: "click"},
        {trigger: "body:not(:has(.o_error_dialog))"},
        {
            trigger: ".o_field_widget[name=location_ids] .o_delete",
            run: "click",
        },
        press("action_show"),
        {trigger: ".o_group_name:contains(Shelf A)", run: "click"},
        see(`${row} td[name=last_quantity]:contains(10.00)`),
        see(`${row} td[name=went]:contains(3.00)`),
        see(`${row} td[name=book_quantity]:contains(7.00)`),
        {
            trigger: `${row} td[name=difference]:contains(-2.00)`,
            run: "click",
        },
        see(
            ".o_form_view .o_field_widget[name=investigation]:contains(Not Investigated)"
        ),
        press("action_open_remark"),
        {
            trigger: ".modal .o_field_widget[name=reason_id] input",
            run: "edit Weight loss",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Weight loss)",
            run: "click",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        see(".o_form_view .o_field_widget[name=reason_id]:contains(Weight loss)"),
        press("action_open_stock_card"),
        see(
            ".o_farm_stock_card_section:contains(TOUR-COUNTED) [data-figure=closing]:contains(5)"
        ),
    ],
});
