import {Component, useState} from "@odoo/owl";
import {useScan} from "../../app/hooks";
import {Icon} from "../icon/icon";

const ICONS_OF_TONES = {
    right: "check",
    wrong: "cross",
    attention: "alert",
    info: "clock",
};

/** Letters of a text above which it is written smaller. */
const LONG = 60;

/** What came of the last scan; before the first one, what is asked for. */
export class MessageStrip extends Component {
    static template = "farm_traceability_scan.MessageStrip";
    static components = {Icon};
    static props = {prompt: {type: String, optional: true}};
    static defaultProps = {prompt: ""};

    setup() {
        const scan = useScan();
        this.said = useState(scan.said);
        this.typing = useState(scan.typing);
    }

    get icon() {
        return ICONS_OF_TONES[this.said.tone] ?? "barcode";
    }

    get isLong() {
        return this.said.text.length > LONG;
    }

    /** Characters as people can see them: separators have no shape of their own. */
    get typed() {
        return this.typing.text.replaceAll("\x1d", "·");
    }
}
