import {registry} from "@web/core/registry";
import {choose, fill, openMenu, press, see} from "./steps";

const confirm = {trigger: ".modal .modal-footer .btn-primary", run: "click"};
const running = ".o_arrow_button_current:contains(Running)";

const tab = (name) => ({
    trigger: `.o_notebook_headers .nav-link[name=${name}]`,
    run: "click",
});

const row = (customer) => ({
    trigger: `.o_field_widget[name=customer_ids] .o_data_row .o_data_cell:contains(${customer})`,
    run: "click",
});

const back = (number) => ({
    trigger: `.o_breadcrumb .o_back_button:contains(${number}), .breadcrumb-item:contains(${number}) a`,
    run: "click",
});

const takeBack = (customer) => [
    tab("customers"),
    row(customer),
    see(`.modal .o_form_view:contains(${customer}), .o_form_view h1:contains(${customer})`),
    press("action_return"),
    see(".o_form_view .o_field_widget[name=location_dest_id]:contains(Quarantine)"),
    press("button_validate"),
    see(".o_arrow_button_current:contains(Done)"),
    back("RCL/"),
    see(running),
];

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
        see(".o_arrow_button_current:contains(Scope Shown)"),
        see(".o_farm_recall_numbers:contains(customers)"),
        see(".alert-info:contains(Nothing has happened yet)"),
        press("action_start"),
        confirm,
        see(running),
        see(".o_farm_recall_balance:contains(Unaccounted)"),
        press("action_notify"),
        confirm,
        tab("customers"),
        see(".o_field_widget[name=customer_ids] .badge:contains(Queued)"),
        ...takeBack("Tour Hospital"),
        ...takeBack("Tour Market"),
        press("action_dispose"),
        fill("witness", "Mr Budi"),
        {
            trigger: ".modal .o_field_widget[name=document] input[type=file]:not(:visible)",
            run: async ({anchor}) => {
                const file = new File(["burnt"], "report.txt", {type: "text/plain"});
                const transfer = new DataTransfer();
                transfer.items.add(file);
                anchor.files = transfer.files;
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        see(".modal .o_field_widget[name=document]:contains(report.txt), .modal .o_field_widget[name=document] input"),
        press("action_dispose"),
    ],
});
