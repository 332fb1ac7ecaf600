import {registry} from "@web/core/registry";
import {openMenu, see} from "./steps";

const lot = "TOUR-HAND-1";

registry.category("web_tour.tours").add("farm_quality_traces", {
    steps: () => [
        ...openMenu("Farm Traceability", "Farm Gate", "Lots"),
        {trigger: ".o_searchview_input", run: `edit ${lot} && press Enter`},
        {trigger: `.o_data_row .o_data_cell:contains(${lot})`, run: "click"},
        {
            trigger: ".o_notebook_headers .nav-link:contains(Where It Went)",
            run: "click",
        },
        see(".o_farm_trace:contains(Tour Hospital)"),
        {trigger: ".o_notebook_headers .nav-link:contains(Origins)", run: "click"},
        see(".o_farm_trace:contains(Tour Farmer Certified)"),
        {trigger: ".o_farm_trace a:contains(Tour Plot)", run: "click"},
        see(
            ".o_form_view .o_field_widget[name=farmer_id]:contains(Tour Farmer Certified)"
        ),
    ],
});
