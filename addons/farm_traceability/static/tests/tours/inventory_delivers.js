import {registry} from "@web/core/registry";
import {see} from "./steps";

registry.category("web_tour.tours").add("farm_inventory_delivers", {
    steps: () => [
        {trigger: "button[name=action_assign]:enabled", run: "click"},
        see(".o_arrow_button_current:contains(Ready)"),
        {trigger: "button[name=button_validate]:enabled", run: "click"},
        see(".o_arrow_button_current:contains(Done)"),
    ],
});
