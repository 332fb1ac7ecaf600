import {App, whenReady} from "@odoo/owl";
import {
    appTranslateFn,
    translatedTerms,
    translationIsReady,
    translationLoaded,
} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {getTemplate} from "@web/core/templates";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {Database} from "../queue/database";
import {ScanQueue} from "../queue/scan_queue";
import {Server} from "../queue/server";
import {Signals} from "../shell/signals";
import {WakeLock} from "../shell/wake_lock";
import {loadDevice} from "./device";
import {installApp} from "./install";
import {Router} from "./router";
import {Scan} from "./scan";
import {ScanApp} from "./scan_app/scan_app";

/** Days for which sheets and lists stay on the device. */
const DAYS_KEPT = 7;

/** The page holds its own terms, so that it speaks without network too. */
export function loadTerms({terms, formats}) {
    Object.assign(translatedTerms, terms);
    if (formats) {
        localization.direction = formats.direction;
        localization.decimalPoint = formats.decimal_point;
        localization.thousandsSep = formats.thousands_sep;
        localization.grouping = JSON.parse(formats.grouping);
    }
    translatedTerms[translationLoaded] = true;
    translationIsReady.resolve(true);
}

/** @returns {Promise<Scan>} not started */
export async function makeScan() {
    const companyIds = user.activeCompanies.map((company) => company.id);
    const device = loadDevice();
    const database = await new Database(`farm_scan.${session.db}`).open();
    const server = new Server({userId: user.userId, companyIds});
    const person = {id: user.userId, name: user.name};
    const queue = new ScanQueue({
        database,
        server,
        user: person,
        device: device.name,
        companyIds,
    });
    const signals = new Signals(device);
    await database.dropBefore(Date.now() - DAYS_KEPT * 24 * 3600 * 1000);
    return new Scan({
        device,
        database,
        server,
        queue,
        signals,
        user: person,
        router: new Router(),
        wakeLock: new WakeLock(),
    });
}

export async function boot(info) {
    loadTerms(info);
    await whenReady();
    const scan = await makeScan();
    await scan.queue.start();
    const app = new App(ScanApp, {
        name: "Farm Scan",
        env: {scan, debug: odoo.debug},
        getTemplate,
        translateFn: appTranslateFn,
        translatableAttributes: ["data-tooltip"],
    });
    await app.mount(document.body);
    scan.wakeLock.start();
    installApp();
    return scan;
}
