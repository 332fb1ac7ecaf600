import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ChoiceList} from "../../../shell/choice_list/choice_list";
import {Panel} from "../../../shell/panel/panel";
import {matching} from "./matching";

/** More than this nobody looks through: the field above makes them fewer. */
const MOST_SHOWN = 60;

/** One of many, such as a place: by touch, with a field that makes them fewer. */
export class ChoosePanel extends Component {
    static template = "farm_traceability_scan.ChoosePanel";
    static components = {ChoiceList, Panel};
    static props = {
        title: String,
        choices: {type: [Array, {value: null}]},
        choose: Function,
        close: Function,
    };

    setup() {
        this.state = useState({text: ""});
    }

    get found() {
        return matching(this.props.choices, this.state.text);
    }

    get shown() {
        return this.found.slice(0, MOST_SHOWN);
    }

    get moreText() {
        const count = this.found.length - MOST_SHOWN;
        return count > 0 ? _t("%s more: write a part of the name above.", count) : "";
    }
}
