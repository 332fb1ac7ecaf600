import {loadJS} from "@web/core/assets";
import {buildZXingBarcodeDetector} from "@web/core/barcode/ZXingBarcodeDetector";

export const ZXING = "/web/static/lib/zxing-library/zxing-library.js";

/**
 * What finds symbols in a picture: the browser's own, else the library.
 *
 * @returns {Promise<{detect: (video: HTMLVideoElement) => Promise<Object[]>}>}
 */
export async function makeDetector() {
    const Own = window.BarcodeDetector;
    const formats = Own ? await Own.getSupportedFormats() : [];
    if (formats.length) {
        return new Own({formats});
    }
    await loadJS(ZXING);
    return makeOfLibrary(window.ZXing);
}

/** What the library sees; separators of GS1-128 too, which it leaves out unless told. */
async function makeOfLibrary(ZXing) {
    const Detector = buildZXingBarcodeDetector(ZXing);
    const detector = new Detector({formats: await Detector.getSupportedFormats()});
    const {reader} = detector;
    reader.setHints(
        new Map([...reader.hints, [ZXing.DecodeHintType.ASSUME_GS1, true]])
    );
    return detector;
}

/** Gives each symbol once, as long as it stays before the camera. */
export class OncePerLook {
    /** Ms out of sight after which the same symbol is another one. */
    static AWAY = 1500;

    constructor() {
        this.seen = new Map();
    }

    /** @returns {boolean} whether it is new at this moment, in ms */
    isNew(text, now) {
        const last = this.seen.get(text);
        this.seen.set(text, now);
        return last === undefined || now - last > OncePerLook.AWAY;
    }
}
