import {Component, onMounted, useRef, useState} from "@odoo/owl";
import {useScan} from "../../app/hooks";
import {Panel} from "../panel/panel";

/** For a symbol that no scanner reads any more: its text, typed. */
export class CodeEntry extends Component {
    static template = "farm_traceability_scan.CodeEntry";
    static components = {Panel};
    static props = {close: Function};

    setup() {
        this.scan = useScan();
        this.state = useState({text: ""});
        this.field = useRef("field");
        onMounted(() => this.field.el.focus());
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            this.accept();
        }
    }

    accept() {
        const text = this.state.text.trim();
        if (text) {
            this.props.close();
            this.scan.feed(text, "typed");
        }
    }
}
