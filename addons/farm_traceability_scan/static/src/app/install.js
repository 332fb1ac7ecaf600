import {browser} from "@web/core/browser/browser";
import {ZXING} from "../camera/detector";

const SCOPE = "/farm/scan";

/**
 * Makes the page load without network, and asks the browser to keep what the device
 * holds. Both only where the page is safe: https, or this very machine.
 */
export async function installApp() {
    const {serviceWorker, storage} = browser.navigator;
    storage?.persist?.();
    if (!serviceWorker) {
        return;
    }
    try {
        await serviceWorker.register(`${SCOPE}/service-worker.js`, {scope: SCOPE});
        const {active} = await serviceWorker.ready;
        const library = "BarcodeDetector" in window ? [] : [ZXING];
        active.postMessage({keep: [SCOPE, ...partsOfPage(), ...library]});
    } catch (error) {
        console.warn(`The page does not load without network: ${error.message}`);
    }
}

/** Addresses of what the page is made of. */
function partsOfPage() {
    const nodes = document.querySelectorAll("script[src], link[href]");
    const addresses = [...nodes].map((node) => node.src || node.href);
    return addresses.filter((address) => new URL(address).origin === location.origin);
}
