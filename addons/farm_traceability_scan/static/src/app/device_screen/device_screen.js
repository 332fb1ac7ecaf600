import {Component, onWillStart, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {Header} from "../../shell/header/header";
import {Icon} from "../../shell/icon/icon";
import {useScan} from "../hooks";

/** Settings that stay on this device, and codes to scan in place of buttons. */
export class DeviceScreen extends Component {
    static template = "farm_traceability_scan.DeviceScreen";
    static components = {Header, Icon};
    static props = {};

    setup() {
        this.scan = useScan();
        this.device = useState(this.scan.device);
        this.queue = useState(this.scan.queue.state);
        this.state = useState({isKept: null});
        this.title = _t("This device");
        this.themes = [
            {key: "auto", name: _t("As the device")},
            {key: "light", name: _t("Light")},
            {key: "dark", name: _t("Dark")},
        ];
        this.ends = [
            {key: "auto", name: _t("Found out by itself")},
            {key: "suffix", name: _t("Enter or Tab")},
            {key: "idle", name: _t("Nothing")},
        ];
        this.codes = [
            {key: "FARM:OK", name: _t("OK")},
            {key: "FARM:BACK", name: _t("Back")},
            {key: "FARM:UNDO", name: _t("Undo")},
            {key: "FARM:FINISH", name: _t("Finish")},
            {key: "FARM:LIST", name: _t("Lines")},
            {key: "FARM:PACK", name: _t("Pack")},
            {key: "FARM:NEW", name: _t("Begin a new one")},
            {key: "FARM:LABEL", name: _t("Label")},
            {key: "FARM:OPEN", name: _t("Open")},
            {key: "FARM:RECOUNT", name: _t("Count anew")},
            {key: "FARM:HANDS", name: _t("Hands")},
            {key: "FARM:LOG", name: _t("Today")},
        ];
        onWillStart(async () => {
            this.state.isKept =
                (await browser.navigator.storage?.persisted?.()) ?? false;
        });
    }

    get isSafe() {
        return window.isSecureContext;
    }

    setTheme(theme) {
        this.device.theme = theme;
    }

    setEnds(ends) {
        Object.assign(this.device, {ends, learnedEnds: "auto"});
        this.scan.bus.trigger("scanner_changed");
    }

    toggle(name) {
        this.device[name] = !this.device[name];
        this.scan.signals.give("right");
    }

    imageOf(code) {
        const value = encodeURIComponent(code);
        return `/report/barcode/?barcode_type=QR&value=${value}&width=240&height=240`;
    }
}
