import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {quantityText} from "../../../app/numbers";
import {useScanTarget} from "../../../app/hooks";
import {Icon} from "../../../shell/icon/icon";
import {Panel} from "../../../shell/panel/panel";
import {leftOf, shortOf} from "../sheet";

/** Before a document is finished: what is short, and what becomes of it. */
export class FinishPanel extends Component {
    static template = "farm_traceability_scan.FinishPanel";
    static components = {Icon, Panel};
    static props = {
        sheet: Object,
        isOffline: Boolean,
        shortText: {type: String, optional: true},
        finish: Function,
        close: Function,
        slots: {type: Object, optional: true},
    };

    setup() {
        this.title = _t("Finish");
        useScanTarget({
            onCommand: (name) => {
                const isYes = name === "OK" || name === "FINISH";
                return isYes && this.finish();
            },
        });
    }

    get short() {
        return shortOf(this.props.sheet).map((line) => ({
            id: line.id,
            name: line.lot ? line.lot.name : line.product.name,
            detail: line.location.name,
            into: line.into?.name ?? "",
            left: `${quantityText(leftOf(line))} ${line.unit}`,
        }));
    }

    get shortText() {
        return (
            this.props.shortText ??
            _t("This is short. It stays behind and is picked another time.")
        );
    }

    get isEmpty() {
        return this.props.sheet.lines.every((line) => !line.scanned);
    }

    finish() {
        if (!this.isEmpty) {
            this.props.finish();
        }
        return true;
    }
}
