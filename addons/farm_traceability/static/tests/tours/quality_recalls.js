import {registry} from "@web/core/registry";
import {choose, fill, openMenu, press, see} from "./steps";

const confirm = {trigger: ".modal .modal-footer .btn-primary", run: "click"};
const current = (state) => see(`.o_arrow_button_current:contains(${state})`);

const tab = (name) => ({
    trigger: `.o_notebook_headers .nav-link[name=${name}]`,
    run: "click",
});

const inRow = (customer, button) => ({
    trigger: `.o_data_row:contains(${customer}) button[name=${button}]`,
    run: "click",
});

const back = {trigger: ".breadcrumb-item a:contains(RCL/)", run: "click"};

const takeBack = (customer) => [
    tab("customers"),
    inRow(customer, "action_return"),
    press("button_validate"),
    current("Done"),
    back,
    current("Running"),
];

const answer = (customer, field) => [
    tab("customers"),
    inRow(customer, "action_answer"),
    fill("answered_by", "Mrs Sari"),
    {
        trigger: `.modal .o_data_row .o_data_cell[name=${field}]`,
        run: "click",
    },
    {
        trigger: `.modal .o_data_row .o_field_widget[name=${field}] input`,
        run: "edit 1",
    },
    press("action_record"),
    see(
        `body:not(:has(.modal)) .o_data_row:contains(${customer}) .badge:contains(Answered)`
    ),
];

const attach = (field) => ({
    trigger: `.modal .o_field_widget[name=${field}] .o_select_file_button`,
    run() {
        const input = document.querySelector(
            `.modal .o_field_widget[name=${field}] input[type=file]`
        );
        const transfer = new DataTransfer();
        transfer.items.add(new File(["burnt"], "burnt.txt", {type: "text/plain"}));
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", {bubbles: true}));
    },
});

registry.category("web_tour.tours").add("farm_quality_recalls", {
    steps: () => [
        ...openMenu("Farm Traceability", "Quality", "New Complaint"),
        ...choose("partner_id", "Tour Hospital"),
        ...choose("lot_id", "TOUR-HAND-1"),
        {
            trigger: ".o_field_widget[name=text] textarea",
            run: "edit It smells of petrol",
        },
        press("action_show_scope"),
        current("Scope Shown"),
        see(".o_farm_recall_numbers:contains(customers)"),
        see(".alert-info:contains(Nothing has happened yet)"),
        press("action_start"),
        confirm,
        current("Running"),
        see(".o_farm_recall_balance:contains(Unaccounted)"),
        press("action_notify"),
        confirm,
        tab("customers"),
        see(".o_data_row:contains(Tour Hospital) .badge:contains(Queued)"),
        ...takeBack("Tour Hospital"),
        ...takeBack("Tour Market"),
        ...answer("Tour Kiosk", "sold"),
        press("action_dispose"),
        fill("witness", "Mr Budi"),
        attach("document"),
        see(".modal .o_field_widget[name=document] .o_clear_file_button"),
        {trigger: ".modal button[name=action_dispose]:enabled", run: "click"},
        {trigger: ".modal:contains(scrapped for good) .btn-primary", run: "click"},
        see("body:not(:has(.modal)) .o_farm_recall_balance:contains(100 % settled)"),
        tab("timeline"),
        see(".o_data_row:contains(Mr Budi)"),
        press("action_close"),
        current("Closed"),
        press("action_report"),
        see(".o_arrow_button_current:contains(Closed)"),
    ],
});

registry.category("web_tour.tours").add("farm_quality_drills", {
    steps: () => [
        ...openMenu("Farm Traceability", "Quality", "New Complaint"),
        ...choose("partner_id", "Tour Hospital"),
        ...choose("lot_id", "TOUR-HAND-1"),
        {
            trigger: ".o_field_widget[name=text] textarea",
            run: "edit Yearly drill",
        },
        {trigger: ".o_field_widget[name=is_mock] input", run: "click"},
        press("action_show_scope"),
        current("Scope Shown"),
        press("action_start"),
        current("Running"),
        see("body:not(:has(button[name=action_notify]))"),
        press("action_packet"),
        see(".o_field_widget[name=minutes_to_packet]"),
        tab("customers"),
        see(".o_data_row:contains(Tour Hospital) .badge:contains(Packet ready)"),
        press("action_close"),
        current("Closed"),
        see(".o_field_widget[name=accounted_share]"),
    ],
});
