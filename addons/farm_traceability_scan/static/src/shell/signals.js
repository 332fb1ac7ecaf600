import {browser} from "@web/core/browser/browser";

/**
 * What a person hears and feels of a scan, without looking.
 *
 * Tones are `[hertz, seconds]` one after another; vibration is in ms, as
 * `navigator.vibrate` takes it.
 */
export const SIGNALS = {
    right: {tones: [[1320, 0.09]], vibration: [40]},
    attention: {
        tones: [
            [660, 0.12],
            [0, 0.05],
            [880, 0.16],
        ],
        vibration: [80, 60, 80],
    },
    wrong: {
        tones: [
            [196, 0.22],
            [0, 0.06],
            [165, 0.34],
        ],
        vibration: [250, 80, 250],
    },
};

const LOUDNESS = {right: 0.25, attention: 0.35, wrong: 0.5};

export class Signals {
    /** @param {Object} device see `device.js` */
    constructor(device) {
        this.device = device;
    }

    give(tone) {
        const signal = SIGNALS[tone];
        if (!signal) {
            return;
        }
        if (this.device.hasSound) {
            this.sound(signal.tones, LOUDNESS[tone]);
        }
        if (
            this.device.hasVibration &&
            browser.navigator.userActivation?.hasBeenActive
        ) {
            browser.navigator.vibrate?.(signal.vibration);
        }
    }

    sound(tones, loudness) {
        const context = this.context();
        if (!context) {
            return;
        }
        let at = context.currentTime;
        for (const [hertz, seconds] of tones) {
            if (hertz) {
                beep(context, {hertz, at, seconds, loudness});
            }
            at += seconds;
        }
    }

    /** Browsers let a page sound only after somebody has touched it. */
    context() {
        const {AudioContext} = browser;
        if (!AudioContext || !browser.navigator.userActivation?.hasBeenActive) {
            return null;
        }
        this.audio ??= new AudioContext();
        if (this.audio.state === "suspended") {
            this.audio.resume();
        }
        return this.audio;
    }
}

function beep(context, {hertz, at, seconds, loudness}) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.type = "triangle";
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.008);
    volume.gain.setValueAtTime(loudness, at + seconds - 0.02);
    volume.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + seconds);
}
