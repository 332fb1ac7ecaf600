import {browser} from "@web/core/browser/browser";

/** The network, or the server, is not there: again later. */
export class NotReached extends Error {}

/** Nobody is logged in any more: again after a login. */
export class LoggedOut extends Error {}

/** Somebody else is logged in on this device: again when the user is back. */
export class OtherUser extends Error {}

/** The server says no, and why, for people: never again. */
export class Refusal extends Error {}

/** The server has a fault: perhaps again. */
export class ServerFault extends Error {}

/** Asks the server's door, `farm.scan`. */
export class Server {
    /** Ms after which a request is given up. */
    static PATIENCE = 20000;

    /**
     * @param {Object} options
     * @param {number} options.userId whom the page was made for
     * @param {number[]} options.companyIds
     */
    constructor({userId, companyIds}) {
        this.userId = userId;
        this.companyIds = companyIds;
        this.count = 0;
    }

    /**
     * @param {string} method of the door
     * @param {Array} args
     * @throws one of the errors of this file
     */
    async ask(method, args = []) {
        const response = await this.send(method, args);
        const {result, error} = response;
        if (error) {
            throw errorOf(error);
        }
        if (result.other_user) {
            throw new OtherUser(result.other_user);
        }
        return result.answer;
    }

    async send(method, args) {
        const params = {uid: this.userId, company_ids: this.companyIds, args};
        const body = {id: ++this.count, jsonrpc: "2.0", method: "call", params};
        try {
            const response = await browser.fetch(`/farm/scan/ask/${method}`, {
                method: "POST",
                headers: {"Content-Type": "application/json"},
                body: JSON.stringify(body),
                signal: AbortSignal.timeout(Server.PATIENCE),
            });
            return await response.json();
        } catch (error) {
            throw new NotReached(error.message);
        }
    }
}

const LOGGED_OUT = "odoo.http.SessionExpiredException";
const FOR_PEOPLE = new Set([
    "odoo.exceptions.UserError",
    "odoo.exceptions.ValidationError",
    "odoo.exceptions.AccessError",
    "odoo.exceptions.MissingError",
    "odoo.exceptions.RedirectWarning",
]);

function errorOf({code, message, data = {}}) {
    if (code === 100 || data.name === LOGGED_OUT) {
        return new LoggedOut(message);
    }
    if (FOR_PEOPLE.has(data.name)) {
        return new Refusal(data.message);
    }
    return new ServerFault(data.message || message);
}
