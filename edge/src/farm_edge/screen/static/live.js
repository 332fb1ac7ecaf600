/** Until the stream is opened again, in ms. */
const PAUSE = 1000;

/**
 * What the agent shows, as it changes. Where the stream breaks, the page says so until
 * it is there again; then it shows what is, whatever was missed.
 */
export class Live {
    constructor(stage) {
        this.stage = stage;
        this.banner = document.getElementById("lost");
        this.instance = document.body.dataset.instance;
    }

    open() {
        this.source?.close();
        this.source = new EventSource(`/live?since=${this.stage.version}`);
        this.source.addEventListener("hello", ({data}) => this.meet(JSON.parse(data)));
        this.source.addEventListener("show", ({data}) =>
            this.stage.show(JSON.parse(data))
        );
        this.source.addEventListener("error", () => this.lose());
    }

    meet({instance}) {
        if (instance !== this.instance) {
            location.reload(); // versions of another start mean nothing here
            return;
        }
        this.banner.hidden = true;
        document.body.classList.remove("is-lost");
    }

    lose() {
        this.banner.hidden = false;
        document.body.classList.add("is-lost");
        this.source.close();
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.open(), PAUSE);
    }
}
