import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../app/numbers";

/** Differences smaller than this are none. */
const SMALLEST = 1e-6;

/**
 * How a count differs from what should be there.
 *
 * @returns {{tone: string, text: string}|null} null before it is counted, and where the
 *  count is blind
 */
export function differenceOf({difference}) {
    if (difference === null || difference === undefined) {
        return null;
    }
    if (Math.abs(difference) < SMALLEST) {
        return {tone: "right", text: _t("Agrees")};
    }
    const sign = difference > 0 ? "+" : "−";
    const text = `${sign}${quantityText(Math.abs(difference))}`;
    return {tone: difference > 0 ? "attention" : "wrong", text};
}

/** What a person is told of a count. */
export function countedText({line, name, counted}) {
    return _t("%(item)s: %(quantity)s %(unit)s", {
        item: name,
        quantity: quantityText(counted),
        unit: line.unit,
    });
}
