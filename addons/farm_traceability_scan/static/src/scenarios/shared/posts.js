import {_t} from "@web/core/l10n/translation";

/** What the server is told of a document, besides what is scanned. */

/**
 * @param {import("./work").Work} work
 * @param {boolean} isOffline
 */
export async function postPack(work, isOffline) {
    await work.post(
        {kind: "pack", text: ""},
        {said: _t("Packed"), effect: {takes: [], isPack: true}}
    );
    work.scan.say(isOffline ? "attention" : "info", _t("Packing…"));
}

/**
 * @param {import("./work").Work} work
 * @param {{name: string, more: Object}} end `name` of the document, and what the server
 *  is told besides
 * @param {boolean} isOffline
 */
export async function postFinish(work, {name, more}, isOffline) {
    await work.post(
        {kind: "finish", text: "", ...more},
        {said: _t("%s is finished.", name), effect: isOffline ? {} : undefined}
    );
    work.scan.say(
        isOffline ? "attention" : "info",
        isOffline ? _t("Will be finished once there is a network.") : _t("Finishing…")
    );
}
