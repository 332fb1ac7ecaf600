import {Component} from "@odoo/owl";
import {useScanTarget} from "../../app/hooks";

/** Large choices, one below the other; `FARM:1` to `FARM:9` choose one as well. */
export class ChoiceList extends Component {
    static template = "farm_traceability_scan.ChoiceList";
    static props = {
        choices: {
            type: Array,
            element: {
                type: Object,
                shape: {
                    key: String,
                    name: String,
                    detail: {type: String, optional: true},
                    "*": true,
                },
            },
        },
        chosen: {type: String, optional: true},
        choose: Function,
    };

    setup() {
        useScanTarget({onCommand: (name) => this.onCommand(name)});
    }

    onCommand(name) {
        const choice = /^[1-9]$/.test(name) && this.props.choices[Number(name) - 1];
        if (!choice) {
            return false;
        }
        this.props.choose(choice);
        return true;
    }
}
