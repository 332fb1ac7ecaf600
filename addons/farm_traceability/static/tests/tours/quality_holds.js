import {registry} from "@web/core/registry";
import {openMenu, see} from "./steps";

const lot = "TOUR-HELD-1";
const write = (text) => ({
    trigger: ".modal .o_field_widget[name=reason] textarea",
    run: `edit ${text}`,
});

registry.category("web_tour.tours").add("farm_quality_holds", {
    steps: () => [
        ...openMenu("Farm Traceability", "Farm Gate", "Lots"),
        {trigger: ".o_searchview_input", run: `edit ${lot} && press Enter`},
        {trigger: `.o_data_row .o_data_cell:contains(${lot})`, run: "click"},
        {trigger: `.o_form_view .o_field_widget[name=name] input:value(${lot})`},
        {trigger: ".o_cp_action_menus button:has(.fa-cog)", run: "click"},
        {
            trigger: ".o-dropdown--menu .o_menu_item:contains(Place on Hold)",
            run: "click",
        },
        write("Residues in sample 17"),
        {trigger: ".modal button[name=action_place]:enabled", run: "click"},
        see(".o_form_view .o_arrow_button_current:contains(Open)"),
        see(`.o_data_row:contains(${lot}) .badge:contains(On Hold)`),
        {trigger: ".o_statusbar_buttons button:contains(Release)", run: "click"},
        write("Second sample is clean"),
        {trigger: ".modal button[name=action_release]:enabled", run: "click"},
        see(".o_form_view .o_arrow_button_current:contains(Released)"),
        see(`.o_data_row:contains(${lot}):contains(Second sample is clean)`),
    ],
});
