import {ask} from "./dialogs.js";

/**
 * Buttons are forms, so that they work without this. With it the page stays, and one
 * press is one deed: the agent knows each form by its `once`.
 */
export function sendForms(stage, live) {
    let isSending = false;

    document.addEventListener(
        "click",
        (event) => {
            const isButton = event.target.closest(
                "#stage button:not([data-key], [data-letter])"
            );
            // Keys and screen readers press with `detail` 0.
            const isTouch = event.detail > 0;
            if (isButton && isTouch && (event.detail > 1 || stage.isFresh)) {
                event.preventDefault();
                event.stopImmediatePropagation();
            }
        },
        true
    );

    document.addEventListener("submit", async (event) => {
        const form = event.target;
        if (!form.matches("form[data-act]")) {
            return;
        }
        event.preventDefault();
        if ("apart" in form.dataset) {
            await sendApart(form, event.submitter);
            return;
        }
        if (isSending) {
            return;
        }
        if (form.dataset.ask && !(await ask(form.dataset.ask))) {
            return;
        }
        form.closest("dialog")?.close();
        isSending = true;
        stage.node.setAttribute("aria-busy", "true");
        try {
            await send(form, event.submitter);
        } finally {
            isSending = false;
            stage.node.removeAttribute("aria-busy");
        }
    });

    /** What takes its time, as a printer does, holds nothing up. */
    async function sendApart(form, button) {
        if (button.getAttribute("aria-busy")) {
            return;
        }
        button.setAttribute("aria-busy", "true");
        try {
            await send(form, button);
        } finally {
            button.removeAttribute("aria-busy");
        }
    }

    async function send(form, button) {
        const values = new FormData(form, button);
        let answer = null;
        try {
            answer = await fetch(form.getAttribute("action"), {
                method: "POST",
                body: new URLSearchParams(values),
                headers: {Accept: "application/json"},
            });
        } catch {
            live.lose();
            return;
        }
        if (answer.status === 403) {
            // The agent was started anew since this page was made.
            location.reload();
        } else if (answer.ok) {
            stage.show(await answer.json());
        } else {
            live.lose();
        }
    }
}
