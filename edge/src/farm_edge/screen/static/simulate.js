/** A click lays a tag on the virtual reader; the list is read anew now and then. */
const PAUSE = 1500;
const device = document.querySelector(".device");
const tags = document.getElementById("tags");
/** What was asked last; a click waits for what is under way, and is never lost. */
let last = Promise.resolve();
let waiting = 0;

document.addEventListener("click", ({target}) => {
    const size = target.closest("[data-size]")?.dataset.size;
    if (size) {
        device.className = `device ${size}`;
    }
});

document.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(event.target));
    inTurn({method: "POST", body});
});

function inTurn(options) {
    waiting += 1;
    last = last.then(() => fetchTags(options));
}

async function fetchTags(options) {
    try {
        const answer = await fetch("/simulate", options);
        if (answer.status === 403) {
            location.reload();
            return;
        }
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const next = page.getElementById("tags");
        if (page.body.dataset.instance !== document.body.dataset.instance) {
            location.reload();
        } else if (next && next.innerHTML !== tags.innerHTML) {
            const focus = document.activeElement?.id;
            tags.replaceChildren(...next.childNodes);
            document.getElementById(focus || "none")?.focus();
        }
    } catch {
        // The agent is away; the page in the frame says so.
    } finally {
        waiting -= 1;
    }
}

setInterval(() => {
    if (!document.hidden && !waiting) {
        inTurn();
    }
}, PAUSE);
