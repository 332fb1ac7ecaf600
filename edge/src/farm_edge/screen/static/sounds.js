/** What is heard: `[hertz, seconds]` one after another, and how loud. */
const SOUNDS = {
    wait: {tones: [[740, 0.05]], loudness: 0.15},
    good: {tones: [[1320, 0.09]], loudness: 0.25},
    warn: {
        tones: [
            [660, 0.12],
            [0, 0.05],
            [880, 0.16],
        ],
        loudness: 0.35,
    },
    bad: {
        tones: [
            [196, 0.22],
            [0, 0.06],
            [165, 0.34],
        ],
        loudness: 0.5,
    },
    done: {
        tones: [
            [880, 0.1],
            [1108, 0.1],
            [1320, 0.24],
        ],
        loudness: 0.3,
    },
};
/** What sounded on this page, the last one last: for who tests it. */
export const sounded = [];
let audio = null;
let waiting = 0;

export async function sound(name) {
    if (!SOUNDS[name]) {
        return;
    }
    sounded.push(name);
    document.body.dataset.sounded = sounded.slice(-9).join(" ");
    audio ??= new AudioContext();
    if (audio.state !== "running") {
        // Until somebody has touched the page; a kiosk allows it from the first moment.
        const mine = ++waiting;
        await audio.resume();
        if (mine !== waiting) {
            return; // of all that waited, the last one sounds
        }
    }
    play(SOUNDS[name]);
}

function play({tones, loudness}) {
    let at = audio.currentTime;
    for (const [hertz, seconds] of tones) {
        if (hertz) {
            beep({hertz, at, seconds, loudness});
        }
        at += seconds;
    }
}

function beep({hertz, at, seconds, loudness}) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.type = "triangle";
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.008);
    volume.gain.setValueAtTime(loudness, at + seconds - 0.02);
    volume.gain.linearRampToValueAtTime(0, at + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
}
