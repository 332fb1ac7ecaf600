import {registry} from "@web/core/registry";
import {see} from "./steps";

const tile = ".o_farm_dashboard_tile[data-key=expiring]";

registry.category("web_tour.tours").add("farm_keeper_sees_dashboard", {
    steps: () => [
        {trigger: ".o_navbar_apps_menu button", run: "click"},
        {
            trigger: ".o-dropdown--menu .o_app:contains(Farm Traceability)",
            run: "click",
        },
        {trigger: ".o_menu_sections a:contains(Dashboard)", run: "click"},
        see(`${tile} canvas`),
        {
            content: "only one crop",
            trigger: ".o_farm_dashboard_filters select[name=crop]",
            run: "selectByLabel Tour Banana",
        },
        {
            content: "the number opens its records",
            trigger: `.o_farm_dashboard_tiles[aria-busy=false] ${tile} tr:contains(Within 3 days) button:contains(/^1$/)`,
            run: "click",
        },
        see(".o_list_view .o_data_row:contains(TOUR-SOON-1)"),
        see(".o_list_view:not(:contains(TOUR-LATER-1))"),
        {
            content: "back, and the crop is still chosen",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a",
            run: "click",
        },
        see(`.o_farm_dashboard_tiles[aria-busy=false] ${tile}`),
        see("select[name=crop]:has(option:checked:contains(Tour Banana))"),
        {
            content: "a period upside down is refused in words",
            trigger: ".o_farm_dashboard_filters input[name=end]",
            run({anchor}) {
                // The browser refuses a day that is typed letter by letter.
                anchor.value = "2001-01-01";
                anchor.dispatchEvent(new Event("change"));
            },
        },
        see(".alert:contains(The period ends on)"),
    ],
});
