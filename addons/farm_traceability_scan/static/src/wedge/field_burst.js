/**
 * Finds a scan among keys that go into a field in which a person is writing, such as a
 * note. Nobody types as fast as a scanner: a burst that ends with a suffix is a scan,
 * and the field gets back the text that it had before.
 */
export class FieldBurst {
    /** Ms between two keys of a scanner, at most. */
    static GAP = 50;
    /** Characters of a scan, at least. */
    static SHORTEST = 4;

    constructor() {
        this.keys = [];
    }

    clear() {
        this.keys = [];
    }

    /** A character that is about to go into a field, or several at once. */
    char(field, text, time) {
        const last = this.keys.at(-1);
        if (last && (last.field !== field || time - last.time > FieldBurst.GAP)) {
            this.clear();
        }
        this.keys.push({field, text, time, before: contentOf(field)});
    }

    /**
     * A suffix in a field.
     *
     * @returns {string} the scan that it ends, "" if a person pressed the key
     */
    end(field, time) {
        const {keys} = this;
        this.clear();
        const text = keys.map((key) => key.text).join("");
        const isWhole = text.length >= FieldBurst.SHORTEST;
        const isNow = isWhole && time - keys.at(-1).time <= FieldBurst.GAP;
        if (!isNow || keys[0].field !== field) {
            return "";
        }
        putBack(field, keys[0].before);
        return text;
    }
}

function contentOf({value, selectionStart, selectionEnd}) {
    return {value, selectionStart, selectionEnd};
}

function putBack(field, {value, selectionStart, selectionEnd}) {
    field.value = value;
    if (selectionStart !== null && selectionStart !== undefined) {
        field.setSelectionRange(selectionStart, selectionEnd);
    }
    field.dispatchEvent(new Event("input", {bubbles: true}));
}
