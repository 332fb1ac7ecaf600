import {choose, download, fill, openMenu, see} from "./steps";

const select = (field, text) => [
    {trigger: `.o_field_widget[name=${field}] .o_select_menu_toggler`, run: "click"},
    {trigger: `.o_select_menu_item:contains(${text})`, run: "click"},
];
const addBlock = (kind, content) => [
    {trigger: ".o_field_x2many_list_row_add a", run: "click"},
    ...(kind ? select("kind", kind) : []),
    {
        trigger: ".modal .o_field_widget[name=content] input",
        run: `edit ${content}`,
    },
];
const place = (name, value) => ({
    trigger: `.modal .o_field_widget[name=${name}] input`,
    run: `edit ${value} && press Tab`,
});
const saveBlock = {trigger: ".modal .o_form_button_save", run: "click"};
const action = (text) => [
    {trigger: ".o_cp_action_menus button:has(.fa-cog)", run: "click"},
    {trigger: `.o-dropdown--menu .o_menu_item:contains(${text})`, run: "click"},
];

/** Design a sheet of 24; a symbol that is too small is told and made larger. */
export function designSheet(name) {
    return [
        ...openMenu("Farm Traceability", "Labels", "Labels"),
        {trigger: ".o_list_button_add", run: "click"},
        fill("name", name),
        {trigger: ".o_field_widget[name=width] input", run: "edit 70 && press Tab"},
        {trigger: ".o_field_widget[name=height] input", run: "edit 37 && press Tab"},
        ...select("paper", "A4 Sheet"),
        {trigger: ".o_notebook .nav-link[name=paper]", run: "click"},
        fill("columns", 3),
        fill("rows", 8),
        see(".o_field_widget[name=labels_per_sheet]:contains(24)"),
        {trigger: ".o_notebook .nav-link[name=blocks]", run: "click"},
        ...addBlock("", "{lot}"),
        saveBlock,
        see(".o_farm_label_paper img[src^='data:image/png']"),
        ...addBlock("GS1 DataMatrix", "01 10"),
        place("x", 45),
        place("width", 5),
        place("height", 5),
        saveBlock,
        // Too small: the sentence stands in place of the picture.
        see(".alert:contains(mm to be readable)"),
        {
            trigger: ".o_data_row:contains(01 10) .o_data_cell[name=summary]",
            run: "click",
        },
        place("width", 20),
        place("height", 20),
        saveBlock,
        see(".o_farm_label_paper img[src^='data:image/png']"),
        // The block is moved by the keyboard.
        {
            trigger: ".o_farm_label_block[title='01 10']",
            async run({anchor}) {
                anchor.focus();
                anchor.dispatchEvent(
                    new KeyboardEvent("keydown", {key: "ArrowDown", bubbles: true})
                );
            },
        },
        see(".o_data_row:contains(01 10) .o_data_cell[name=y]:contains(2.50)"),
        {trigger: ".o_form_button_save", run: "click"},
        see(".o_form_view .o_form_saved"),
    ];
}

/** Print a label from a lot of the list, so many times, and get the file. */
export function printFromLot(lot, label, copies) {
    return [
        ...openMenu("Farm Traceability", "Farm Gate", "Lots"),
        {trigger: ".o_searchview_input", run: `edit ${lot} && press Enter`},
        {trigger: `.o_data_row .o_data_cell:contains(${lot})`, run: "click"},
        see(`.o_form_view .o_field_widget[name=name] input:value(${lot})`),
        ...action("Print Labels"),
        ...choose("template_id", label),
        {
            trigger: ".modal .o_field_widget[name=copies] input",
            run: `edit ${copies} && press Tab`,
        },
        see(`.modal .o_field_widget[name=label_count]:contains(${copies})`),
        download("action_print", "%PDF"),
        see("body:not(:has(.modal))"),
    ];
}
