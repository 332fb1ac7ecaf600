import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../app/numbers";

const FINISH = {command: "FINISH", icon: "flag", text: _t("Finish")};
const TYPE = {command: "OK", act: "type", icon: "keypad", text: _t("Type the count")};
const PACKAGE = {
    command: "OK",
    act: "package",
    icon: "check",
    text: _t("The package is whole"),
};

/**
 * What the large button does, and `FARM:OK`.
 *
 * @param {Object} [line] that is shown
 * @param {boolean} isAllCounted
 * @returns {{command: string, act?: "type"|"package"|"agree", icon: string, text: string}}
 */
export function mainOf(line, isAllCounted) {
    const isCounted = line && line.counted !== null;
    if (!line || (isCounted && (isAllCounted || line.package))) {
        return said(FINISH);
    }
    if (line.package) {
        return said(PACKAGE);
    }
    if (!isCounted && line.quantity > 0) {
        const found = {quantity: quantityText(line.quantity), unit: line.unit};
        const text = _t("%(quantity)s %(unit)s are there", found);
        return {command: "OK", act: "agree", icon: "check", text};
    }
    return said(TYPE);
}

function said(main) {
    return {...main, text: String(main.text)};
}
