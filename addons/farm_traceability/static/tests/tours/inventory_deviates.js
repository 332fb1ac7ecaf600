import {registry} from "@web/core/registry";
import {choose, fill, press, see} from "./steps";

/** The picker takes the younger lot, is asked why, and says it. */
export const takeAnotherLot = [
    {trigger: ".o_data_row button[name=action_show_details]", run: "click"},
    see(".modal .o_data_cell[name=given_lot_id]:contains(TOUR-OLDER)"),
    {trigger: ".modal .o_data_cell[name=quant_id]", run: "click"},
    {
        trigger: ".modal .o_field_widget[name=quant_id] input",
        run: "edit TOUR-YOUNGER",
    },
    {
        trigger: ".o-autocomplete--dropdown-item a:contains(TOUR-YOUNGER)",
        run: "click",
    },
    {trigger: ".modal .o_form_button_save", run: "click"},
    {trigger: "body:not(:has(.modal))"},
    press("button_validate"),
    see(".modal .o_data_row:contains(TOUR-OLDER):contains(TOUR-YOUNGER)"),
    ...choose("reason_id", "Packaging damaged"),
    fill("note", "Two crates were wet"),
    {trigger: ".modal button[name=action_validate]:enabled", run: "click"},
    see(".o_arrow_button_current:contains(Done)"),
];

registry.category("web_tour.tours").add("farm_inventory_deviates", {
    steps: () => [
        ...takeAnotherLot,
        {trigger: "button[name=action_open_deviations]", run: "click"},
        see(".o_data_row:contains(TOUR-OLDER):contains(Packaging damaged)"),
        see(".o_data_row:contains(TOUR-YOUNGER):contains(Two crates were wet)"),
    ],
});
