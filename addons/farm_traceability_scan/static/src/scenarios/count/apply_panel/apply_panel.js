import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useScanTarget} from "../../../app/hooks";
import {Icon} from "../../../shell/icon/icon";
import {Panel} from "../../../shell/panel/panel";
import {CountList} from "../count_list/count_list";

/** For who may: what differs, and whether stock becomes what was counted. */
export class ApplyPanel extends Component {
    static template = "farm_traceability_scan.ApplyPanel";
    static components = {CountList, Icon, Panel};
    static props = {
        sheet: Object,
        apply: Function,
        close: Function,
    };

    setup() {
        this.title = _t("Apply the count");
        useScanTarget({
            onCommand: (name) => {
                if (name !== "OK") {
                    return false;
                }
                this.props.apply();
                return true;
            },
        });
    }

    get different() {
        return this.props.sheet.lines.filter(
            ({counted, difference}) => counted !== null && difference
        );
    }
}
