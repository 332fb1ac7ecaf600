import {registry} from "@web/core/registry";
import {takeAnotherLot} from "./inventory_deviates";
import {openMenu, press, see} from "./steps";

const openTransfer = (origin) => [
    ...openMenu("Inventory", "Operations", "Deliveries"),
    see(".o_list_view, .o_kanban_view"),
    {trigger: ".o_searchview_input", run: `edit ${origin} && press Enter`},
    {trigger: `.o_data_row:contains(${origin}) .o_data_cell[name=name]`, run: "click"},
    press("action_assign"),
    see(".o_arrow_button_current:contains(Ready)"),
];
const left = (lot, quantity) =>
    see(
        `.o_data_row:contains(${lot}) .o_data_cell[name=quantity]:contains(${quantity})`
    );

/** Who asks for 10 days gets the younger lot, the older goes to the other. */
registry.category("web_tour.tours").add("farm_rotation_story", {
    steps: () => [
        ...openTransfer("TOUR-STRICT"),
        {trigger: ".o_data_row button[name=action_show_details]", run: "click"},
        see(".modal .o_data_cell[name=given_lot_id]:contains(TOUR-YOUNGER)"),
        {trigger: ".modal .btn-close", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        press("button_validate"),
        see(".o_arrow_button_current:contains(Done)"),

        ...openTransfer("TOUR-EASY"),
        {trigger: ".o_data_row button[name=action_show_details]", run: "click"},
        see(".modal .o_data_cell[name=given_lot_id]:contains(TOUR-OLDER)"),
        {trigger: ".modal .btn-close", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        press("button_validate"),
        see(".o_arrow_button_current:contains(Done)"),

        ...openTransfer("TOUR-OTHER"),
        ...takeAnotherLot,

        ...openMenu("Farm Traceability", "Expiry", "Expiry Board"),
        {trigger: ".o_searchview_input", run: "edit TOUR- && press Enter"},
        {trigger: "button.o_switch_view.o_list", run: "click"},
        left("TOUR-OLDER", "6.00"),
        left("TOUR-YOUNGER", "4.00"),
    ],
});
