import {DeskReader} from "./desk_reader";
import {registry} from "@web/core/registry";
import {session} from "@web/session";

/** Desk readers of this user, as one of those that feed the screens. */
export const deskReaderHandler = {
    start(feed) {
        const version = session.websocket_worker_version;
        const reader = new DeskReader((text) => feed(text, "rfid"), version);
        reader.start();
        return () => reader.stop();
    },
};

registry.category("farm_scan_handlers").add("desk_reader", deskReaderHandler);
