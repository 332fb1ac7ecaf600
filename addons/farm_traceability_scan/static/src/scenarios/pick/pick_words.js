import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../app/numbers";

const WORDS = {
    take: ({parts, name}) => ({
        tone: "right",
        text: parts.map((part) => takenText(part, name)).join(" · "),
    }),
    box: ({name}) => ({tone: "right", text: _t("Now for %s", name)}),
    place: ({name}) => ({tone: "right", text: _t("At %s", name)}),
    product: ({name}) => ({tone: "right", text: _t("Now the lot of %s", name)}),
    package: ({name}) => ({tone: "right", text: _t("Package %s", name)}),
    same: ({name}) => ({tone: "info", text: _t("This is %s already.", name)}),
    full: ({name}) => ({tone: "wrong", text: _t("All of %s is picked already.", name)}),
    many: ({line, left, quantity, name}) => ({
        tone: "wrong",
        text: _t("Only %(left)s %(unit)s of %(item)s are left, not %(quantity)s.", {
            left: quantityText(left),
            unit: line.unit,
            item: name,
            quantity: quantityText(quantity),
        }),
    }),
    ask: (_outcome, isOffline) =>
        isOffline
            ? {tone: "attention", text: _t("Will be checked once there is a network.")}
            : {tone: "info", text: _t("Checking…")},
};

function takenText({line, quantity}, item) {
    const words = {quantity: quantityText(quantity), unit: line.unit, item};
    return line.into
        ? _t("%(quantity)s %(unit)s of %(item)s into %(picking)s", {
              ...words,
              picking: line.into.name,
          })
        : _t("%(quantity)s %(unit)s of %(item)s", words);
}

/**
 * What a picker is told of a scan, before the server has answered.
 *
 * @param {import("./pick_local").Outcome} outcome
 * @param {boolean} isOffline
 * @returns {{tone: string, text: string}}
 */
export function saidOf(outcome, isOffline) {
    return WORDS[outcome.kind](outcome, isOffline);
}
