import {reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";

/**
 * Where a person is: menu → list → work; log and device from anywhere. It stands in the
 * address, so that a reload comes back to it and the device's own way back works.
 *
 * @typedef {{screen: "menu"|"list"|"work"|"log"|"device", scenario: string,
 *  documentId: number|null}} Place
 */

/** @returns {Place} */
export function placeOf(hash) {
    const [, first = "", second = ""] = hash.replace(/^#/, "").split("/");
    if (["log", "device"].includes(first)) {
        return {screen: first, scenario: "", documentId: null};
    }
    if (!first) {
        return {screen: "menu", scenario: "", documentId: null};
    }
    const documentId = /^\d+$/.test(second) ? Number(second) : null;
    const screen = second ? "work" : "list";
    return {screen, scenario: first, documentId};
}

/** @param {Place} place */
export function hashOf({screen, scenario, documentId}) {
    const ways = {
        menu: "#/",
        list: `#/${scenario}`,
        work: `#/${scenario}/${documentId ?? "work"}`,
    };
    return ways[screen] ?? `#/${screen}`;
}

export class Router {
    constructor(location = browser.location) {
        this.location = location;
        this.place = reactive(placeOf(location.hash));
    }

    start() {
        this.onChange = () => Object.assign(this.place, placeOf(this.location.hash));
        browser.addEventListener("hashchange", this.onChange);
    }

    stop() {
        browser.removeEventListener("hashchange", this.onChange);
    }

    go(screen, {scenario = "", documentId = null} = {}) {
        const place = {screen, scenario, documentId};
        Object.assign(this.place, place);
        this.location.hash = hashOf(place);
    }

    /**
     * One step up, wherever the person came from.
     *
     * @param {(scenario: string) => string} listOf in which list its documents stand
     */
    up(listOf) {
        const {screen, scenario, documentId} = this.place;
        if (screen === "work" && documentId) {
            this.go("list", {scenario: listOf(scenario)});
        } else {
            this.go("menu");
        }
    }
}
