import {_t} from "@web/core/l10n/translation";
import {countStates} from "../../queue/states";

/**
 * All that is not done, the worst first; else whether there is a network.
 *
 * @param {Object[]} records of one user
 * @param {string} link state of the way to the server
 * @returns {{kind: string, icon: string, text: string}[]} one at least
 */
export function statesOf(records, link) {
    const {refused, asked, waiting} = countStates(records);
    const isLinked = link === "ok";
    const icon = isLinked ? "clock" : "cloudOff";
    const found = [
        refused && {kind: "wrong", icon: "cross", text: _t("%s refused", refused)},
        asked && {kind: "attention", icon: "alert", text: _t("%s to answer", asked)},
        waiting && {kind: "attention", icon, text: _t("%s waiting", waiting)},
    ].filter(Boolean);
    if (found.length) {
        return found;
    }
    return isLinked
        ? [{kind: "right", icon: "check", text: _t("All sent")}]
        : [{kind: "quiet", icon, text: _t("No network")}];
}
