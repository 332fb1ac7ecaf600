import {registry} from "@web/core/registry";
import {Wedge} from "./wedge";

/** Keyboard-type scanners, as one of those that feed the screens. */
export const wedgeHandler = {
    start(feed, scan) {
        const input = document.body.appendChild(makeInput());
        let wedge = null;
        const restart = () => {
            wedge?.stop();
            wedge = new Wedge({
                feed: (text) => feed(text, "wedge"),
                input,
                ends: endsOf(scan.device),
                typed: (text) => Object.assign(scan.typing, {text}),
            });
            wedge.start();
        };
        restart();
        scan.bus.addEventListener("scanner_changed", restart);
        return () => {
            scan.bus.removeEventListener("scanner_changed", restart);
            wedge.stop();
            input.remove();
        };
    },
};

/** What is known of the scanner of this device: said by a person, else learned. */
function endsOf(device) {
    const isSure = device.ends !== "auto";
    const learn = (learnedEnds) => Object.assign(device, {learnedEnds});
    return {isSure, learn, ends: isSure ? device.ends : device.learnedEnds};
}

/**
 * Has the focus without bringing up a keyboard on the screen. Of several lines: some
 * devices write a whole scan with its line end.
 */
function makeInput() {
    const input = document.createElement("textarea");
    const attributes = {
        class: "fs-wedge",
        inputmode: "none",
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        tabindex: "-1",
        "aria-hidden": "true",
    };
    Object.entries(attributes).forEach(([name, value]) =>
        input.setAttribute(name, value)
    );
    return input;
}

registry.category("farm_scan_handlers").add("wedge", wedgeHandler);
