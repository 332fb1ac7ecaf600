import {registry} from "@web/core/registry";
import {choose, fill, openMenu, press, see} from "./steps";

registry.category("web_tour.tours").add("farm_officer_certifies", {
    steps: () => [
        ...openMenu("Farm Traceability", "Certification", "Certificates"),
        {trigger: ".o_list_button_add, .o-kanban-button-new", run: "click"},
        fill("name", "TOUR-2026-001"),
        ...choose("scheme_id", "Tour Scheme"),
        ...choose("authority_id", "Tour Office"),
        ...choose("farmer_id", "Tour Farmer Uncertified"),
        {
            trigger: ".o_field_widget[name=line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose("crop_id", "Tour Banana"),
        {trigger: ".o_form_button_save:enabled", run: "click"},
        press("action_issue"),
        see(".o_statusbar_status .o_arrow_button_current:contains(Valid)"),
    ],
});
