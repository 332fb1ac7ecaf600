import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useScan} from "../../app/hooks";
import {countStates} from "../../queue/states";
import {Icon} from "../icon/icon";

/** Where the person is, and whether what was scanned has been sent. */
export class Header extends Component {
    static template = "farm_traceability_scan.Header";
    static components = {Icon};
    static props = {
        title: String,
        detail: {type: String, optional: true},
        hasBack: {type: Boolean, optional: true},
    };
    static defaultProps = {detail: "", hasBack: true};

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
    }

    /** The state that matters most: refused, asked, waiting, no network, all sent. */
    get status() {
        const {refused, asked, waiting} = countStates(this.queue.records);
        const open = refused + asked;
        if (open) {
            const text = refused ? _t("%s refused", open) : _t("%s to answer", open);
            return {kind: refused ? "wrong" : "attention", icon: "alert", text};
        }
        if (waiting) {
            const icon = this.queue.link === "ok" ? "clock" : "cloudOff";
            return {kind: "attention", icon, text: _t("%s waiting", waiting)};
        }
        if (this.queue.link !== "ok") {
            return {kind: "quiet", icon: "cloudOff", text: _t("No network")};
        }
        return {kind: "right", icon: "check", text: _t("All sent")};
    }

    onBack() {
        return this.scan.run("BACK");
    }

    onStatus() {
        this.scan.router.go("log");
    }
}
