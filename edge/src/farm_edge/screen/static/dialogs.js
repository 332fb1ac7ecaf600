/** Ask before something that cannot be taken back. Gives whether it is wanted. */
export function ask(text) {
    const dialog = document.getElementById("ask");
    document.getElementById("ask-text").textContent = text;
    dialog.returnValue = "no";
    dialog.dataset.question = document.getElementById("stage").dataset.question;
    dialog.showModal();
    return new Promise((resolve) => {
        dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), {
            once: true,
        });
    });
}

/** What is typed by letters has a dialog of its own. */
export function openDialogs(stage) {
    document.addEventListener("click", ({target}) => {
        const opens = target.closest("[data-opens]");
        if (opens) {
            open(document.getElementById(opens.dataset.opens));
        }
        if (target.closest("[data-closes]")) {
            target.closest("dialog").close();
        }
        const letter = target.closest("[data-letter]")?.dataset.letter;
        if (letter) {
            write(target.closest("form").querySelector(".field"), letter);
        }
    });

    // A card that is tapped meanwhile is what the person wants.
    document.addEventListener("arrived", () => {
        for (const dialog of document.querySelectorAll("dialog[open]")) {
            if (dialog.dataset.question !== stage.question) {
                dialog.close();
            }
        }
    });

    function open(dialog) {
        const fields = dialog.querySelector("form").elements;
        dialog.dataset.question = stage.question;
        fields.question.value = stage.question;
        fields.once.value = crypto.randomUUID();
        fields.farmer.value = "";
        dialog.showModal();
        fields.farmer.focus();
    }

    function write(field, letter) {
        if (letter === "Backspace") {
            field.value = field.value.slice(0, -1);
        } else if (field.value.length < field.maxLength) {
            field.value += letter;
        }
        field.focus();
    }
}
