import {_t} from "@web/core/l10n/translation";

/** What the server is told at the end of a receipt, besides what is scanned. */

/** With this the server prints labels of all lots once it has finished a receipt. */
const LABELS = "labels";

/**
 * @param {import("../shared/work").Work} work
 * @param {boolean} isOffline
 */
export async function postPack(work, isOffline) {
    await work.post({kind: "pack", text: ""}, {said: _t("Pack")});
    work.scan.say(isOffline ? "attention" : "info", _t("Packing…"));
}

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

/**
 * @param {import("../shared/work").Work} work
 * @param {{name: string, withLabels: boolean}} end `name` of the receipt
 * @param {boolean} isOffline
 */
export async function postFinish(work, {name, withLabels}, isOffline) {
    const event = {kind: "finish", text: "", ...(withLabels && {confirm: LABELS})};
    await work.post(event, {
        said: _t("%s is finished.", name),
        effect: isOffline ? {} : undefined,
    });
    work.scan.say(
        isOffline ? "attention" : "info",
        isOffline ? _t("Will be finished once there is a network.") : _t("Finishing…")
    );
}
