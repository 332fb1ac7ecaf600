import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../app/numbers";

/**
 * What comes next for the line that is shown.
 *
 * @param {Object} [line]
 * @param {boolean} isAllCounted
 * @returns {"finish"|"package"|"agree"|"type"}
 */
export function actOf(line, isAllCounted) {
    const isCounted = line && line.counted !== null;
    if (!line || (isCounted && (isAllCounted || line.package))) {
        return "finish";
    }
    if (line.package) {
        return "package";
    }
    return !isCounted && line.quantity > 0 ? "agree" : "type";
}

const BUTTONS = {
    finish: () => ({icon: "flag", text: _t("Finish")}),
    package: () => ({icon: "check", text: _t("The package is whole")}),
    agree: ({quantity, unit}) => ({
        icon: "check",
        text: _t("%(quantity)s %(unit)s are there", {
            quantity: quantityText(quantity),
            unit,
        }),
    }),
    type: () => ({icon: "keypad", text: _t("Type the count")}),
};

/** The large button, and `FARM:OK`. */
export function mainOf(line, isAllCounted) {
    const act = actOf(line, isAllCounted);
    const command = act === "finish" ? "FINISH" : "OK";
    return {act, command, ...BUTTONS[act](line)};
}
