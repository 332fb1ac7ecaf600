import {designSheet, printFromLot} from "./label_steps";
import {download, fill, openMenu, press, see} from "./steps";
import {registry} from "@web/core/registry";

const lot = "TOUR-LABEL-1";

/**
 * A manager designs a label, prints 24 of it, looks for old stock, goes to the lots,
 * opens the card of one, and takes files of both reports along.
 */
registry.category("web_tour.tours").add("farm_manager_prints_and_ages", {
    steps: () => [
        ...designSheet("Tour Label"),
        ...printFromLot(lot, "Tour Label", 24),
        ...openMenu("Farm Traceability", "Reporting", "Stock Aging"),
        fill("limits", "7, 30"),
        download("action_paper", "%PDF"),
        download("action_sheet", "PK"),
        press("action_show"),
        see(".o_pivot th:contains(0–7 days)"),
        {trigger: "button.o_switch_view.o_graph", run: "click"},
        see(".o_graph_canvas_container canvas"),
        {trigger: "button.o_switch_view.o_list", run: "click"},
        {trigger: ".o_group_name:contains(Tour Fruit)", run: "click"},
        {trigger: `.o_data_row:contains(${lot}) td[name=bucket]`, run: "click"},
        press("action_open_lots"),
        {
            trigger: `.o_list_view .o_data_row .o_data_cell[name=name]:contains(${lot})`,
            run: "click",
        },
        see(`.o_form_view .o_field_widget[name=name] input:value(${lot})`),
        press("action_open_stock_card"),
        see(
            ".o_farm_stock_card_section:contains(Tour Fruit) [data-figure=closing]:contains(12)"
        ),
        see(`.o_farm_stock_card_section td:contains(${lot})`),
        download("action_paper", "%PDF"),
        download("action_sheet", "PK"),
    ],
});
