/**
 * Numbers, by the keys on the screen or by real ones. The field that is typed into is
 * the one with the focus, else the one that was last.
 */
const DECIMAL = /[.,]/;
const LONGEST = 7;

export function watchKeys(stage) {
    let last = null;

    const fields = () => [...stage.node.querySelectorAll("input[data-pad]")];
    const current = () =>
        fields().find((one) => one === document.activeElement) ||
        fields().find((one) => one.id === last) ||
        fields().find((one) => one.hasAttribute("data-first")) ||
        fields()[0];

    function mark(field) {
        last = field?.id ?? null;
        for (const one of fields()) {
            one.closest(".entry")?.classList.toggle("is-current", one === field);
        }
    }

    function press(key) {
        const field = current();
        if (!field) {
            return false;
        }
        mark(field);
        field.value = typed(field, key, fields.fresh === field);
        fields.fresh = null;
        field.dispatchEvent(new Event("input", {bubbles: true}));
        return true;
    }

    /** To the next field that is empty, else the form is done. */
    function enter(field) {
        const rest = fields().slice(fields().indexOf(field) + 1);
        const next = rest.find((one) => !one.value);
        if (next) {
            next.focus();
        } else {
            field.form.requestSubmit(field.form.querySelector("button.is-main"));
        }
    }

    // The focus stays in the field, so that its first key is its first key.
    document.addEventListener("mousedown", (event) => {
        if (event.target.closest("button[data-key]")) {
            event.preventDefault();
        }
    });

    document.addEventListener("click", (event) => {
        const key = event.target.closest("button[data-key]");
        if (key) {
            press(key.dataset.key);
        }
    });

    document.addEventListener("focusin", ({target}) => {
        if (target.matches?.("input[data-pad]")) {
            mark(target);
            target.scrollIntoView({block: "nearest"}); // not below what is sticky
            fields.fresh = target.value ? target : null; // the first key begins anew
        }
    });

    document.addEventListener("keydown", (event) => {
        const {key, repeat, ctrlKey, altKey, metaKey, target} = event;
        if (ctrlKey || altKey || metaKey) {
            return;
        }
        if (key === "Enter" && repeat) {
            event.preventDefault();
        } else if (key === "Escape") {
            const back = stage.node.querySelector("[data-back]");
            if (back && !repeat) {
                event.preventDefault();
                back.click();
            }
        } else if (target.matches("input:not([data-pad])")) {
            return;
        } else if (key === "Enter" && target.matches("input[data-pad]")) {
            event.preventDefault();
            enter(target);
        } else if (/^[0-9.,]$/.test(key) || key === "Backspace" || key === "Delete") {
            const wanted = key === "Delete" ? "Clear" : key;
            if (press(wanted) || choose(key)) {
                event.preventDefault();
            }
        }
    });

    /** A field for the weight of each hand; all are weighed, or none. */
    document.addEventListener("click", ({target}) => {
        const button = target.closest("[data-weigh]");
        if (!button) {
            return;
        }
        const count = Math.min(Number(fields()[0].value), Number(button.dataset.weigh));
        stage.node.querySelectorAll(".weighed").forEach((one) => one.remove());
        for (let number = 1; number <= count; number++) {
            const one = stage.node.querySelector("#weighed").content.cloneNode(true);
            const field = one.querySelector("input");
            field.id = `kg-${number}`;
            one.querySelector("span").append(` ${number}`);
            one.firstElementChild.classList.add("weighed");
            button.before(one);
        }
        (count ? stage.node.querySelector("#kg-1") : fields()[0]).focus();
    });

    /** Where nothing is typed, digits choose from the list. */
    function choose(digit) {
        const choice = stage.node.querySelector(`[data-digit="${digit}"]`);
        choice?.click();
        return Boolean(choice);
    }

    document.addEventListener("arrived", () => {
        fields.fresh = null;
        mark(current());
    });
}

/** What a field holds after a key. */
export function typed(field, key, isFresh) {
    const before = isFresh ? "" : field.value;
    if (key === "Backspace") {
        return field.value.slice(0, -1);
    }
    if (key === "Clear") {
        return "";
    }
    if (DECIMAL.test(key)) {
        const isMore = field.dataset.pad === "decimal" && !DECIMAL.test(before);
        return isMore ? `${before || "0"}${field.dataset.point}` : before;
    }
    return before.length < LONGEST ? before + key : before;
}
