import {browser} from "@web/core/browser/browser";

export const READ = "farm_rfid/read";

/**
 * The server's messages to this user, by a socket that comes back by itself.
 *
 * The page has no bus of Odoo's web client: it also loads without network.
 */
export class DeskReader {
    /** Ms until the next try after the connection was lost, the first and the longest. */
    firstPause = 1000;
    longestPause = 30000;
    /**
     * Ms after the connection in which nothing counts: what the server has kept from
     * before comes then, and it lies before nobody any more.
     */
    oldFor = 500;

    /**
     * @param {(text: string) => void} feed
     * @param {string} version of the server's socket
     */
    constructor(feed, version) {
        Object.assign(this, {feed, version});
        this.pause = this.firstPause;
        this.openedAt = Infinity;
        this.isStopped = false;
    }

    start() {
        const {protocol, host} = browser.location;
        const url = `${protocol.replace("http", "ws")}//${host}/websocket`;
        this.socket = new WebSocket(`${url}?version=${this.version}`);
        this.socket.addEventListener("open", () => this.onOpen());
        this.socket.addEventListener("message", ({data}) => this.onMessage(data));
        this.socket.addEventListener("close", () => this.onClose());
    }

    stop() {
        this.isStopped = true;
        browser.clearTimeout(this.timer);
        this.socket?.close();
    }

    onOpen() {
        this.pause = this.firstPause;
        this.openedAt = browser.performance.now();
        const data = {channels: [], last: 0};
        this.socket.send(JSON.stringify({event_name: "subscribe", data}));
    }

    onMessage(data) {
        const isOld = browser.performance.now() - this.openedAt < this.oldFor;
        for (const {message} of isOld ? [] : JSON.parse(data)) {
            if (message.type === READ) {
                message.payload.texts.forEach((text) => this.feed(text));
            }
        }
    }

    onClose() {
        if (!this.isStopped) {
            this.timer = browser.setTimeout(() => this.start(), this.pause);
            this.pause = Math.min(this.pause * 2, this.longestPause);
        }
    }
}
