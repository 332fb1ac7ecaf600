import {reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {makeUuid} from "../queue/uuid";

const KEY = "farm_scan.device";
const DEFAULTS = {
    name: "",
    theme: "auto",
    hasSound: true,
    hasVibration: true,
    /** how scans of this device's scanner end: `auto`, `suffix` or `idle` */
    ends: "auto",
    /** what was learned while it is `auto` */
    learnedEnds: "auto",
};

/** What a person has set on this device; kept on it, whoever is logged in. */
export function loadDevice() {
    const kept = {...DEFAULTS, ...parsed(browser.localStorage.getItem(KEY))};
    kept.name ||= `device-${makeUuid().slice(0, 8)}`;
    const device = reactive(kept, () => save(device));
    save(device);
    return device;
}

function parsed(text) {
    try {
        return JSON.parse(text) ?? {};
    } catch {
        return {};
    }
}

/** Reading all makes the next change of any of it told. */
function save(device) {
    browser.localStorage.setItem(KEY, JSON.stringify({...device}));
}
