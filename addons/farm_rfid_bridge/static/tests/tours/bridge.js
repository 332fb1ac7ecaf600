import {
    choose,
    fill,
    openMenu,
    press,
    see,
} from "@farm_traceability/../tests/tours/steps";
import {registry} from "@web/core/registry";

const app = "Farm Traceability";
const section = "Tags and Readers";
const tours = registry.category("web_tour.tours");

/** Let a device do something; the test is the device. */
async function tell(deed, query = {}) {
    const answer = await fetch(
        `http://device.test/${deed}?${new URLSearchParams(query)}`
    );
    if (!answer.ok) {
        throw new Error(`${deed}: ${await answer.text()}`);
    }
}

function device(deed) {
    return {content: `the device: ${deed}`, trigger: "body", run: () => tell(deed)};
}

function check(field) {
    return {trigger: `.o_field_widget[name=${field}] input`, run: "check"};
}

tours.add("farm_rfid_enrols", {
    steps: () => [
        ...openMenu(app, section, "Devices"),
        {trigger: ".o_list_button_add", run: "click"},
        fill("name", "Tour Tablet"),
        ...choose("user_id", "Tour Collector"),
        ...choose("region_ids", "Tour Village"),
        check("may_write_bunches"),
        check("may_split"),
        press("action_enrol"),
        see(".modal .o_field_widget[name=qr] img"),
        {
            content: "the code that shows is typed on the device",
            trigger: ".modal .o_field_widget[name=code]",
            run: ({anchor}) => tell("enrol", {code: anchor.textContent.trim()}),
        },
        {trigger: ".modal button[name=action_done]:enabled", run: "click"},
        see(".o_form_view .o_arrow_button_current:contains(Enrolled)"),
        see(".o_field_widget[name=key_ids] .o_data_row:contains(Active)"),
    ],
});

tours.add("farm_rfid_issues_card", {
    steps: () => [
        ...openMenu(app, "Certification", "Certificates"),
        {trigger: ".o_data_row .o_data_cell:contains(Tour Farmer)", run: "click"},
        {trigger: ".o_statusbar_buttons button:contains(Issue Card)", run: "click"},
        see(".modal .o_field_widget[name=device_id] input:value(Tour Writer)"),
        {trigger: ".modal button[name=action_issue]:enabled", run: "click"},
        see(".o_form_view .o_arrow_button_current:contains(Issued)"),
        device("write_card"),
        ...openMenu(app, section, "Tags"),
        see(
            ".o_data_row:contains(Farmer's Card):contains(Tour Farmer):contains(Active)"
        ),
    ],
});

const event = (kind, state) => `.o_data_row:contains(${kind}):contains(${state})`;

tours.add("farm_rfid_receives", {
    steps: () => [
        ...openMenu(app, section, "Events of Devices"),
        see(".o_list_view"),
        device("buy"),
        {
            content: "it shows without a click",
            trigger: `${event("Purchase at the Farm Gate", "Applied")} td[name=kind_name]`,
            run: "click",
        },
        {trigger: ".o_field_widget[name=picking_id] a", run: "click"},
        see(".o_form_view .o_arrow_button_current:contains(Done)"),
        see(".o_form_view .o_data_row:contains(Tour Bunch)"),
        device("split"),
        ...openMenu(app, section, "Events of Devices"),
        {
            trigger: `${event("Split of a Bunch", "Applied")} td[name=kind_name]`,
            run: "click",
        },
        {trigger: ".o_field_widget[name=operation_id] a", run: "click"},
        see(".o_form_view .o_arrow_button_current:contains(Posted)"),
        ...openMenu(app, section, "Inbox"),
        see(".o_list_view"),
        device("split_again"),
        {
            trigger: `${event("Split of a Bunch", "Conflict")} td[name=kind_name]`,
            run: "click",
        },
        see(".alert:contains(was taken before)"),
        press("action_put_aside"),
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Hand 2 was counted twice",
        },
        {trigger: ".modal button[name=action_settle]:enabled:visible", run: "click"},
        see(".o_form_view .o_arrow_button_current:contains(Settled)"),
    ],
});

tours.add("farm_rfid_finds_clone", {
    steps: () => [
        ...openMenu(app, section, "Map of Reads"),
        see(".o_farm_suspects"),
        device("gates"),
        see(".o_farm_suspect .alert:contains(too little time)"),
        see(".o_farm_read_map_row:contains(Tour Plot)"),
        see(".o_farm_read_map_impossible:contains(4 minutes later, 62 km away)"),
        {trigger: ".o_farm_suspect button:contains(Open Tag)", run: "click"},
        see(".o_form_view .o_arrow_button_current:contains(Suspected)"),
        {trigger: ".o_notebook .nav-link:contains(Map of Reads)", run: "click"},
        see(".o_notebook .o_farm_read_map_impossible"),
        {trigger: ".o_statusbar_buttons button:contains(Retire)", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit The copy was found on the market",
        },
        {trigger: ".modal button[name=action_end]:enabled", run: "click"},
        see(".o_form_view .o_arrow_button_current:contains(Retired)"),
    ],
});
