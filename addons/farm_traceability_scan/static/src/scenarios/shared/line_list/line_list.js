import {Component} from "@odoo/owl";
import {quantityText} from "../../../app/numbers";
import {Icon} from "../../../shell/icon/icon";
import {isScanned} from "../sheet";

/** Lines of a document in the order of the walk, place by place; then by package. */
export class LineList extends Component {
    static template = "farm_traceability_scan.LineList";
    static components = {Icon};
    static props = {
        lines: Array,
        current: {type: Number, optional: true},
        byPackage: {type: Boolean, optional: true},
        choose: {type: Function, optional: true},
    };

    get places() {
        const {lines: all} = this.props;
        const loose = all.filter((line) => !this.packageOf(line));
        const places = grouped(loose, ({location: {id, name}}) => ({
            id,
            name,
            icon: "place",
        }));
        const full = all.filter((line) => this.packageOf(line));
        const packages = grouped(full, (line) => ({
            id: this.packageOf(line),
            name: this.packageOf(line),
            icon: "pick",
        }));
        return [...places, ...packages].map(({lines, ...group}) => ({
            ...group,
            key: `${group.icon}/${group.id}`,
            rows: lines.map((line) => this.row(line)),
        }));
    }

    packageOf({packed, package: whole}) {
        return packed || (this.props.byPackage && whole) || "";
    }

    row(line) {
        return {
            line,
            id: line.id,
            isDone: isScanned(line),
            name: line.lot ? line.lot.name : line.product.name,
            detail: line.lot ? line.product.name : "",
            into: line.into?.name ?? "",
            scanned: quantityText(line.scanned),
            quantity: quantityText(line.quantity),
            unit: line.unit,
        };
    }

    choose({line}) {
        this.props.choose?.(line);
    }
}

function grouped(lines, groupOf) {
    const groups = new Map();
    for (const line of lines) {
        const group = groupOf(line);
        const found = groups.get(group.id) ?? {...group, lines: []};
        found.lines.push(line);
        groups.set(group.id, found);
    }
    return [...groups.values()];
}
