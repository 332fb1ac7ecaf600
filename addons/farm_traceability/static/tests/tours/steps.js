/** Steps that the tours of the roles share. */

import {browser} from "@web/core/browser/browser";

export function openMenu(app, section, item) {
    const bar = ".o_menu_sections";
    const hidden = `${bar}:has(> .d-none:contains(${section}))`;
    return [
        {trigger: ".o_navbar_apps_menu button", run: "click"},
        {trigger: `.o-dropdown--menu .o_app:contains(${app})`, run: "click"},
        // With wide letters the bar has no room for the last ones.
        {
            trigger: `${bar} > button:contains(${section}):visible, ${hidden} .o_menu_sections_more button`,
            run: "click",
        },
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

/** Press a button and read the file that it opens, up to its first letters. */
export function download(button, beginning) {
    return {
        trigger: `button[name=${button}]:enabled`,
        async run({click}) {
            const open = browser.open;
            const address = new Promise((resolve) => {
                browser.open = (url) => {
                    resolve(url);
                    return {closed: false};
                };
            });
            try {
                await click();
                const answer = await fetch(await address);
                const text = await answer.text();
                if (!answer.ok || !text.startsWith(beginning)) {
                    throw new Error(`${button} gave no file: ${answer.status}`);
                }
            } finally {
                browser.open = open;
            }
        },
    };
}
