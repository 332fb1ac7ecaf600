/**
 * Puts the characters of a keyboard-type scanner together. It knows no browser: it is
 * told each character with the moment at which the key was pressed, in ms.
 *
 * A scan ends at its suffix, however slowly it comes. Of a scanner without suffix it
 * ends when nothing has come for a while (`quiet`). Which of the two a scanner is, it
 * learns by itself (`auto`), or the person says so.
 */
export class WedgeReader {
    /** Mean ms between characters up to which nobody types by hand. */
    static FAST = 50;
    /** Characters that a scan without suffix has at least. */
    static SHORTEST = 3;
    /** Ms without a character after which a scan without suffix is whole. */
    static QUIET = {idle: 60, auto: 500, suffix: 2000};
    /** Ms after which what was typed by hand and left is forgotten. */
    static STALE = 5000;

    /**
     * @param {Object} options
     * @param {(text: string) => void} options.emit told each scan
     * @param {"auto"|"suffix"|"idle"} [options.ends] as far as it is known
     * @param {boolean} [options.isSure] a person said so: nothing is to be learned
     * @param {(ends: string) => void} [options.learn] told how the scanner ends
     */
    constructor({emit, ends = "auto", isSure = false, learn = () => {}}) {
        this.emit = emit;
        this.learn = learn;
        this.ends = ends;
        this.isSure = isSure;
        this.clear();
    }

    clear() {
        this.text = "";
        this.length = 0;
        this.first = 0;
        this.last = 0;
    }

    /** Ms of silence after which `quiet` may end a scan. */
    get patience() {
        return WedgeReader.QUIET[this.ends];
    }

    get isFast() {
        const {FAST, SHORTEST} = WedgeReader;
        const span = this.last - this.first;
        return this.length >= SHORTEST && span <= FAST * (this.length - 1);
    }

    /** A character, or several that came as one. */
    char(text, time) {
        if (this.text) {
            this.breakAt(time);
        }
        if (!this.text) {
            this.first = time;
        }
        this.text += text;
        this.length += text.length;
        this.last = time;
    }

    /** The suffix. */
    end() {
        if (this.text) {
            this.settle("suffix");
            this.finish();
        }
    }

    /** Nothing has come until now. */
    quiet(time) {
        const needsSuffix = this.isSure && this.ends === "suffix";
        if (this.isFast && time - this.last >= this.patience && !needsSuffix) {
            this.settle(this.ends === "suffix" ? "auto" : "idle");
            this.finish();
        }
    }

    /** A pause between two characters, as the keys' own moments tell. */
    breakAt(time) {
        const pause = time - this.last;
        const isNext = this.ends === "idle" && pause >= this.patience && this.isFast;
        if (isNext || (pause > WedgeReader.STALE && this.isFast)) {
            this.finish();
        } else if (pause > WedgeReader.STALE) {
            this.clear();
        }
    }

    settle(ends) {
        if (this.isFast && this.ends !== ends && !this.isSure) {
            this.ends = ends;
            this.learn(ends);
        }
    }

    finish() {
        const {text} = this;
        this.clear();
        this.emit(text);
    }
}
