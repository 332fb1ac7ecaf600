import {openMenu, see} from "./steps";
import {registry} from "@web/core/registry";

const section = ".o_farm_stock_card_section:contains(Tour boxes)";
const cell = (column, text) => `${section} [data-column=${column}]:contains(${text})`;

async function pressEnter({anchor, press}) {
    anchor.focus();
    await press("Enter");
}

registry.category("web_tour.tours").add("farm_stock_card", {
    steps: () => [
        ...openMenu("Farm Traceability", "Reporting", "Stock Card"),
        {
            trigger: ".o_field_widget[name=product_ids] input",
            run: "edit Tour boxes",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Tour boxes)",
            run: "click",
        },
        see(`${section} [data-figure=closing]:contains(7)`),
        see(".o_farm_stock_card:not(:has(.o_farm_stock_card_section:nth-child(2)))"),
        see(cell("balance", "10")),
        // Folded and unfolded by the keyboard.
        {
            trigger: `${section} .o_farm_stock_card_toggle[aria-expanded=true]`,
            run: pressEnter,
        },
        {
            trigger: `${section}:not(:has(table)) .o_farm_stock_card_toggle`,
            run: pressEnter,
        },
        {trigger: `${section} [data-figure=went] button`, run: "click"},
        see(".o_list_view .o_data_row:contains(Tour boxes)"),
        {trigger: ".breadcrumb-item a:contains(Stock Card)", run: "click"},
        {trigger: ".o_field_widget[name=shows_inner] input", run: "click"},
        see(cell("target", "Shelf B")),
        {trigger: `${section} tr:contains(Vendors) a`, run: "click"},
        see(
            ".o_form_view:not(.o_farm_stock_card_form) .o_field_widget[name=location_dest_id]"
        ),
    ],
});
