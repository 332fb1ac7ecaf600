/** Steps that the tours of the roles share. */

export function openMenu(app, section, item) {
    return [
        {trigger: ".o_navbar_apps_menu button", run: "click"},
        {trigger: `.o-dropdown--menu .o_app:contains(${app})`, run: "click"},
        {trigger: `.o_menu_sections button:contains(${section})`, run: "click"},
        {trigger: `.o-dropdown--menu .dropdown-item:contains(${item})`, run: "click"},
    ];
}

export function choose(field, text) {
    return [
        {trigger: `.o_field_widget[name=${field}] input`, run: `edit ${text}`},
        {
            trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${text})`,
            run: "click",
        },
    ];
}

export function fill(field, text) {
    return {
        trigger: `.o_field_widget[name=${field}] input`,
        run: `edit ${text} && press Tab`,
    };
}

export function press(button) {
    return {trigger: `button[name=${button}]:enabled`, run: "click"};
}

export function see(trigger) {
    return {trigger};
}
