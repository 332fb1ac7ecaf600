import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {Icon} from "../../shell/icon/icon";
import {countStates} from "../../queue/states";
import {useScan} from "../hooks";

/** Says why nothing is sent, where the person has to do something about it. */
export class LinkNotice extends Component {
    static template = "farm_traceability_scan.LinkNotice";
    static components = {Icon};
    static props = {};

    setup() {
        this.scan = useScan();
        this.queue = useState(this.scan.queue.state);
    }

    /** @returns {{text: string, button: string, act: Function}|null} */
    get notice() {
        const {link, linkDetail} = this.queue;
        const {waiting} = countStates(this.queue.records);
        if (link === "logged_out") {
            const text = waiting
                ? _t(
                      "You are logged out. %s scans wait: log in again to send them.",
                      waiting
                  )
                : _t("You are logged out. Log in again to go on.");
            return {text, button: _t("Log in"), act: this.logIn};
        }
        if (link === "other_user") {
            const names = {other: linkDetail, user: this.scan.user.name};
            const text = waiting
                ? _t("%(other)s is logged in here now. Scans of %(user)s wait.", names)
                : _t("%(other)s is logged in here now.", names);
            return {text, button: _t("Go on as %s", linkDetail), act: this.reload};
        }
        return null;
    }

    logIn() {
        browser.location.href = "/web/login?redirect=/farm/scan";
    }

    reload() {
        browser.location.reload();
    }
}
