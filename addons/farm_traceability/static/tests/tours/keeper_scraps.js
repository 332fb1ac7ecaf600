import {registry} from "@web/core/registry";
import {openMenu, see} from "./steps";

const old = "TOUR-OLD-1";
const young = "TOUR-YOUNG-1";
const record = (name) => `.o_kanban_record:contains(${name})`;

registry.category("web_tour.tours").add("farm_keeper_scraps", {
    steps: () => [
        ...openMenu("Farm Traceability", "Expiry", "Expiry Board"),
        {trigger: ".o_searchview_input", run: "edit TOUR- && press Enter"},
        see(
            `.o_kanban_group:contains(Expired) ${record(old)}:contains(Expired 2 days ago)`
        ),
        see(`.o_kanban_group:contains(Up to 7 Days) ${record(young)}`),
        {trigger: "button.o_switch_view.o_list", run: "click"},
        see(`.o_data_row:contains(${young})`),
        {trigger: ".o_searchview_dropdown_toggler", run: "click"},
        {trigger: ".o_filter_menu .dropdown-item:contains(Expired)", run: "click"},
        {trigger: ".o_list_view:not(:has(.o_data_row:contains(TOUR-YOUNG)))"},
        {
            trigger: `.o_data_row:contains(${old}) .o_list_record_selector input`,
            run: "click",
        },
        {trigger: ".o_control_panel button[name=action_scrap]:enabled", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=reason_tag_ids] input",
            run: "edit Too old, test",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Too old, test)",
            run: "click",
        },
        see(".modal .o_field_widget[name=reason_tag_ids] .o_tag:contains(Too old)"),
        see(`.modal .o_data_row:contains(${old}) [name=quantity]:contains(10)`),
        {trigger: ".modal button[name=action_scrap]:enabled", run: "click"},
        see(".o_notification:contains(Scrap orders done: 1)"),
        see(`.o_list_view:not(:has(.o_data_row:contains(${old})))`),
        {trigger: ".o_facet_remove:last", run: "click"},
        {trigger: ".o_searchview_input", run: "edit TOUR- && press Enter"},
        see(`.o_data_row:contains(${young})`),
    ],
});
