import {sound} from "./sounds.js";

/** How long a new step takes no touch, in ms: a second tap was meant for the last one. */
const UNTOUCHED = 400;

/**
 * The part of the page that changes. What was typed and where the focus is stays, as
 * long as the same thing is asked.
 */
export class Stage {
    constructor(page) {
        this.page = page;
    }

    get node() {
        return this.page.getElementById("stage");
    }

    get version() {
        return Number(this.node.dataset.version);
    }

    /** What is asked: the same again is no new step. */
    get question() {
        return this.node.dataset.question;
    }

    get isFresh() {
        return "fresh" in this.node.dataset;
    }

    /** Put what the agent shows in the place of what is shown. */
    show({version, html, is_own: isOwn}) {
        if (version < this.version) {
            return;
        }
        const isNews = version > this.version;
        const holder = this.page.createElement("template");
        holder.innerHTML = html;
        const next = holder.content.getElementById("stage");
        const isSame = next.dataset.question === this.question;
        const focus = isSame && this.page.activeElement?.id;
        const scrolled = isSame ? this.scroller?.scrollTop : 0;
        if (next.lang !== this.node.lang) {
            location.reload(); // what stands around the stage is in the other language
            return;
        }
        if (isSame) {
            this.keep(next);
        }
        this.node.replaceWith(next);
        if (!isSame) {
            next.dataset.fresh = "";
            setTimeout(() => delete next.dataset.fresh, UNTOUCHED);
        }
        this.arrive(focus, scrolled);
        if (isNews || isOwn) {
            this.tell();
        }
    }

    get scroller() {
        return this.node.querySelector(".body");
    }

    /** What a person has begun to type goes over to the new stage. */
    keep(next) {
        const [mine, theirs] = [this.node, next].map((one) =>
            one.querySelector("[data-keep]")
        );
        if (mine && theirs) {
            theirs.replaceWith(mine);
        }
    }

    /** Where a person goes on: at what had the focus, else where the step begins. */
    arrive(focus, scrolled = 0) {
        const wanted =
            (focus && this.page.getElementById(focus)) ||
            this.node.querySelector("[data-first]") ||
            this.node.querySelector("h1");
        wanted?.focus({preventScroll: true});
        if (this.scroller) {
            this.scroller.scrollTop = scrolled;
        }
        this.page.title = this.node.dataset.title || this.page.title;
        this.page.dispatchEvent(new CustomEvent("arrived"));
    }

    /** What is new, to the ear and to who hears the page. */
    tell() {
        const {sound: name, say, tone} = this.node.dataset;
        if (name) {
            sound(name);
        }
        const isLoud = tone === "bad" || tone === "warn";
        const calm = this.page.getElementById("said");
        const loud = this.page.getElementById("called");
        calm.textContent = isLoud ? "" : say || "";
        loud.textContent = isLoud ? say || "" : "";
        if (tone && tone !== "wait") {
            this.flash(tone);
        }
    }

    flash(tone) {
        const node = this.page.getElementById("flash");
        node.className = "flash";
        void node.offsetWidth; // so that the same flash begins anew
        node.className = `flash is-${tone}`;
    }
}
