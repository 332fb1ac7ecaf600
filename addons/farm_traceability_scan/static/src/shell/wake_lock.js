import {browser} from "@web/core/browser/browser";

/** Keeps the screen lit while somebody works; gives the lock back when hidden. */
export class WakeLock {
    start() {
        this.onVisible = () => this.ask();
        document.addEventListener("visibilitychange", this.onVisible);
        this.ask();
    }

    stop() {
        document.removeEventListener("visibilitychange", this.onVisible);
        this.lock?.release();
    }

    async ask() {
        if (document.visibilityState !== "visible") {
            return;
        }
        try {
            this.lock = await browser.navigator.wakeLock?.request("screen");
        } catch {
            // The battery is low, or the device forbids it: the screen goes dark.
            this.lock = null;
        }
    }
}
