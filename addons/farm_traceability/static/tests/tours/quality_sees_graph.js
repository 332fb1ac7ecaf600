import {openMenu, see} from "./steps";
import {registry} from "@web/core/registry";

const lot = "TOUR-HAND-1";

registry.category("web_tour.tours").add("farm_quality_sees_graph", {
    steps: () => [
        ...openMenu("Farm Traceability", "Farm Gate", "Lots"),
        {trigger: ".o_searchview_input", run: `edit ${lot} && press Enter`},
        {trigger: `.o_data_row .o_data_cell:contains(${lot})`, run: "click"},
        {trigger: ".o_notebook_headers .nav-link:contains(Graph)", run: "click"},
        see(".o_farm_graph_canvas canvas"),
        see(".o_farm_graph_legend:contains(Delivered)"),
        {trigger: ".o_farm_graph_search input", run: "edit Tour Hospital"},
        {trigger: ".o_farm_graph_found button:contains(Tour Hospital)", run: "click"},
        see(".o_farm_graph_panel:contains(Tour Hospital)"),
        {
            content: "the arrow keys lead back along the arrows",
            trigger: ".o_farm_graph_canvas",
            run: "press ArrowLeft",
        },
        see(`.o_farm_graph_panel:contains(${lot}):contains(1 Units)`),
        {trigger: ".o_farm_graph_canvas", run: "press ArrowLeft"},
        see(".o_farm_graph_panel:contains(Tour Bunch)"),
        {trigger: ".o_farm_graph_open", run: "click"},
        see(".o_form_view .o_field_widget[name=product_id] input:value(Tour Bunch)"),
    ],
});
