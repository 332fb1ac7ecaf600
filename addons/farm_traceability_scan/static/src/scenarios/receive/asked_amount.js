import {reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {NotReached, Refusal} from "../../queue/server";

/** Kinds of meanings that are received in some quantity. */
const ITEMS = ["lot", "new_lot", "product"];

/** A scan that waits until the person says how much of it there is. */
export class AskedAmount {
    /** @param {import("../../app/scan").Scan} scan */
    constructor(scan) {
        this.scan = scan;
        this.state = reactive({asked: null});
    }

    /**
     * Whether a text is the name of a lot; a harvest or a place has no quantity.
     *
     * @param {import("../../reading/look").Look} look
     * @param {number|null} productId scanned just before
     */
    async isItem({text}, productId) {
        if (this.scan.queue.state.link === "offline") {
            return true;
        }
        try {
            const {meanings} = await this.scan.server.ask("look_up", [text, productId]);
            return !meanings.length || meanings.some(({kind}) => ITEMS.includes(kind));
        } catch (error) {
            if (error instanceof NotReached || error instanceof Refusal) {
                return true;
            }
            throw error;
        }
    }

    ask(look, {group, name}) {
        this.state.asked = {look, name, unit: group?.unit ?? ""};
        this.scan.say("info", _t("How much of %s?", name));
    }

    /** The scan that waited, which is asked for no longer. */
    take() {
        const {look} = this.state.asked;
        this.state.asked = null;
        return look;
    }

    leave() {
        this.state.asked = null;
        this.scan.hush();
    }
}
