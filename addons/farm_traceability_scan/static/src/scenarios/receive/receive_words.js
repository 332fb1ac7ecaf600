import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../app/numbers";
import {isComplete} from "./receive_local";

/** What is said and asked while one transfer is received; see `ReceiveWork`. */

export function receivedText(quantity, {unit}, item) {
    return _t("%(quantity)s %(unit)s of %(item)s", {
        quantity: quantityText(quantity),
        unit,
        item,
    });
}

function receiveText(quantity, {unit}) {
    return _t("Receive %(quantity)s %(unit)s", {
        quantity: quantityText(quantity),
        unit,
    });
}

/** @param {import("./receipt").Receipt} receipt */
export function promptOf({groups, named}) {
    if (!groups.length) {
        return _t("Scan the first lot, or its product");
    }
    if (named && isTracked(named)) {
        return _t("Scan the lot of %s", named.product.name);
    }
    return groups.every(isComplete)
        ? _t("All has come: finish")
        : _t("Scan a lot, or its product");
}

/** What the large button does for what is shown. */
export function mainOf({group, lot, open}, typed) {
    if (!open) {
        return {command: "FINISH", icon: "flag", text: _t("Finish")};
    }
    if (isComplete(group)) {
        const text = _t("Next: %s", open.product.name);
        return {command: "OK", icon: "receive", text, next: open};
    }
    if (!lot?.name && isTracked(group)) {
        return {command: "OK", icon: "type", text: _t("Type the lot")};
    }
    const quantity = typed ?? (group.isCounted ? group.one : null);
    return quantity === null
        ? {command: "OK", icon: "keypad", text: _t("How much?")}
        : {command: "OK", icon: "check", text: receiveText(quantity, group)};
}

export function isTracked({product}) {
    return product.tracking !== "none";
}
