import {browser} from "@web/core/browser/browser";
import {FieldBurst} from "./field_burst";
import {readKey} from "./keys";
import {WedgeReader} from "./wedge_reader";

const FIELDS =
    "input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable]";

/**
 * Listens to the keys of the page, and feeds scans. A field of its own has the focus
 * when no other has, so that input methods (IME) have a place to write into.
 */
export class Wedge {
    /**
     * @param {Object} options
     * @param {(text: string) => void} options.feed
     * @param {HTMLTextAreaElement} options.input the field of its own
     * @param {EventTarget} [options.target]
     * @param {Object} [options.ends] `ends`, `isSure` and `learn` of `WedgeReader`
     * @param {(text: string) => void} [options.typed] told what is there so far
     */
    constructor({feed, input, target = window, ends = {}, typed = () => {}}) {
        this.reader = new WedgeReader({emit: feed, ...ends});
        this.burst = new FieldBurst();
        this.feed = feed;
        this.input = input;
        this.target = target;
        this.typed = typed;
        this.altDigits = "";
        this.altText = "";
        this.endsAfterIme = false;
        this.moments = 0;
    }

    start() {
        this.stops = [
            this.listen(this.target, "keydown", this.onKeyDown, true),
            this.listen(this.target, "keyup", this.onKeyUp, true),
            this.listen(this.target, "beforeinput", this.onFieldInput, true),
            this.listen(this.target, "pointerup", this.onPointerUp),
            this.listen(this.target, "focus", this.focus),
            this.listen(this.input, "input", this.onInput),
            this.listen(this.input, "compositionend", this.onComposed),
            this.listen(this.input, "blur", this.onBlur),
        ];
        this.focus();
    }

    stop() {
        browser.clearTimeout(this.timer);
        browser.clearTimeout(this.focusTimer);
        this.stops.forEach((stop) => stop());
    }

    listen(target, type, handler, capture = false) {
        const bound = handler.bind(this);
        target.addEventListener(type, bound, {capture});
        return () => target.removeEventListener(type, bound, {capture});
    }

    // -- keys -----------------------------------------------------------------------

    onKeyDown(ev) {
        const key = readKey(ev);
        const field = this.fieldOf(ev);
        if (key.type !== "alt_digit") {
            this.altText = "";
        }
        if (field) {
            this.onFieldKey(ev, key, field);
        } else {
            this.onOwnKey(ev, key);
        }
    }

    onOwnKey(ev, key) {
        const time = momentOf(ev);
        if (key.type === "char" && !this.isForButton(ev, key)) {
            take(ev);
            this.put(key.text, time);
        } else if (key.type === "end" && this.reader.text) {
            take(ev);
            this.end();
        } else if (key.type === "alt_digit") {
            take(ev);
            this.altDigits += key.text;
        } else if (key.type === "ime") {
            this.endsAfterIme = key.isEnd;
        } else if (ev.key === "Escape" && this.reader.text) {
            take(ev);
            this.reader.clear();
            this.typed("");
        }
    }

    onFieldKey(ev, key, field) {
        const time = momentOf(ev);
        this.isKeyed = key.type === "char";
        if (this.isKeyed) {
            this.burst.char(field, key.text, time);
        } else if (key.type === "end") {
            const scan = this.burst.end(field, time);
            if (scan) {
                take(ev);
                this.feed(scan);
            }
        }
    }

    /** What comes into a field without a key that says it: by an input method. */
    onFieldInput(ev) {
        const field = this.fieldOf(ev);
        if (field && !this.isKeyed && ev.inputType === "insertText" && ev.data) {
            this.burst.char(field, ev.data, momentOf(ev));
        }
        this.isKeyed = false;
    }

    /** A character by its code, once Alt is let go. */
    onKeyUp(ev) {
        if (ev.key === "Alt" && this.altDigits) {
            this.altText = String.fromCharCode(Number(this.altDigits) % 256);
            this.altDigits = "";
            this.put(this.altText, momentOf(ev));
        }
    }

    /** What an input method wrote, or a device that writes whole texts. */
    onInput(ev) {
        if (ev.isComposing) {
            return;
        }
        const text = this.input.value;
        this.input.value = "";
        if (text && text !== this.altText) {
            this.putText(text, momentOf(ev));
        }
        this.altText = "";
    }

    onComposed(ev) {
        this.input.value = "";
        this.putText(ev.data ?? "", momentOf(ev));
        if (this.endsAfterIme) {
            this.endsAfterIme = false;
            this.end();
        }
    }

    // -- to the reader --------------------------------------------------------------

    putText(text, time) {
        const lines = plainWidth(text).split(/[\r\n\t]/);
        lines.forEach((line, at) => {
            if (at) {
                this.end();
            }
            if (line) {
                this.put(line, time);
            }
        });
    }

    put(text, time) {
        this.moments++;
        this.reader.char(text, time);
        this.typed(this.reader.text);
        this.wait();
    }

    end() {
        this.moments++;
        browser.clearTimeout(this.timer);
        this.reader.end();
        this.typed("");
    }

    /**
     * A timer alone ends nothing: while the page was busy, keys may be waiting for it.
     * Only when none came in between, and by the keys' own clock, a scan is whole.
     */
    wait(patience = this.reader.patience) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.listenOnce(2), patience);
    }

    listenOnce(rounds) {
        if (browser.navigator.scheduling?.isInputPending?.()) {
            this.wait();
            return;
        }
        const {moments} = this;
        this.timer = browser.setTimeout(() => {
            if (moments !== this.moments) {
                return;
            }
            if (rounds > 1) {
                this.listenOnce(rounds - 1);
            } else {
                this.onQuiet(browser.performance.now());
            }
        });
    }

    /** The timer may be early by the keys' clock: then for the rest of it. */
    onQuiet(now) {
        const early = this.reader.last + this.reader.patience - now;
        if (early > 0) {
            this.wait(early);
            return;
        }
        this.reader.quiet(now);
        this.typed(this.reader.text);
    }

    // -- focus ----------------------------------------------------------------------

    /** The field that a person writes into, if the key goes there. */
    fieldOf({target}) {
        const isField = target !== this.input && target?.matches?.(FIELDS);
        return isField ? target : null;
    }

    isForButton({target}, {text}) {
        const isButton = target?.matches?.("button, a, [role=button], summary, input");
        return text === " " && isButton && target !== this.input && !this.reader.text;
    }

    onPointerUp(ev) {
        if (!this.fieldOf(ev)) {
            this.focusSoon();
        }
    }

    onBlur(ev) {
        if (!ev.relatedTarget) {
            this.focusSoon();
        }
    }

    focusSoon() {
        browser.clearTimeout(this.focusTimer);
        this.focusTimer = browser.setTimeout(() => this.focus());
    }

    focus() {
        const active = document.activeElement;
        if (active === this.input || active?.matches?.(FIELDS)) {
            return;
        }
        this.input.focus({preventScroll: true});
    }
}

function take(ev) {
    ev.preventDefault();
    ev.stopPropagation();
}

/** When the key was pressed, not when the page came round to it. */
function momentOf(ev) {
    return ev.timeStamp || browser.performance.now();
}

/** Letters that an input method made wide, as they are on the symbol. */
function plainWidth(text) {
    return text.replace(/[\uff01-\uff5e]/g, (letter) =>
        String.fromCharCode(letter.charCodeAt(0) - 0xfee0)
    );
}
