import {Component, useState} from "@odoo/owl";
import {useScanTarget} from "../../app/hooks";
import {decimalPoint} from "../../app/numbers";
import {Icon} from "../icon/icon";
import {Panel} from "../panel/panel";
import {amountOf, withKey} from "./amount";

const KEYS = ["7", "8", "9", "4", "5", "6", "1", "2", "3", ".", "0", "erase"];
const NUMBER = /^\d{1,6}([.,]\d{1,3})?$/;

/** Asks for a quantity; also typed on a keyboard, or scanned as `FARM:QTY:12`. */
export class Keypad extends Component {
    static template = "farm_traceability_scan.Keypad";
    static components = {Icon, Panel};
    static props = {
        title: String,
        detail: {type: String, optional: true},
        unit: {type: String, optional: true},
        start: {type: Number, optional: true},
        takesNone: {type: Boolean, optional: true},
        done: Function,
        close: Function,
    };
    static defaultProps = {unit: "", detail: "", takesNone: false};

    setup() {
        this.keys = KEYS;
        this.point = decimalPoint();
        const {start} = this.props;
        // The first key begins anew: what is suggested is taken whole or not at all.
        this.state = useState({
            text: start ? String(start) : "",
            isStart: Boolean(start),
        });
        useScanTarget({
            onScan: ({text}) => this.onScan(text),
            onCommand: (name, value) => this.onCommand(name, value),
        });
    }

    get shown() {
        return this.state.text.replace(".", this.point) || "0";
    }

    get isReady() {
        return this.amount !== null;
    }

    get amount() {
        const {text} = this.state;
        const isNone = this.props.takesNone && text && Number(text) === 0;
        return isNone ? 0 : amountOf(text);
    }

    press(key) {
        const before = this.state.isStart && key !== "erase" ? "" : this.state.text;
        Object.assign(this.state, {text: withKey(before, key), isStart: false});
    }

    /**
     * Digits may be a number that a person types or the lot that was scanned: they are
     * shown, and nothing is done. Anything else is a scan, for the screen below.
     */
    onScan(text) {
        if (!NUMBER.test(text)) {
            this.props.close();
            return false;
        }
        this.state.text = text.replace(",", ".");
        return true;
    }

    onCommand(name, value) {
        if (name === "QTY" && NUMBER.test(value)) {
            this.state.text = value.replace(",", ".");
            return this.accept();
        }
        return name === "OK" && this.accept();
    }

    accept() {
        const {amount} = this;
        if (amount !== null) {
            this.props.done(amount);
        }
        return true;
    }
}
