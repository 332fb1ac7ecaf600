import {_t} from "@web/core/l10n/translation";

/**
 * @param {import("../shared/work").Work} work
 * @param {Object} item `group`, `lot` and the number of `copies`
 * @param {boolean} isOffline
 */
export async function postLabel(work, {group, lot, copies}, isOffline) {
    const event = {
        kind: "label",
        text: lot.name,
        product_id: group.id,
        quantity: Math.ceil(copies),
    };
    await work.post(event, {said: _t("Label of %s", lot.name)});
    const waits = _t("The label of %s is printed once there is a network.", lot.name);
    const goes = _t("Label of %s…", lot.name);
    work.scan.say(isOffline ? "attention" : "info", isOffline ? waits : goes);
}
