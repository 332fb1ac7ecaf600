import {
    Many2OneField,
    buildM2OFieldDescription,
} from "@web/views/fields/many2one/many2one_field";
import {registry} from "@web/core/registry";

/** A many2one for which empty means all: it says so also where it is only read. */
export class Many2OneOrAllField extends Many2OneField {
    static template = "farm_traceability.Many2OneOrAllField";

    get isForAll() {
        return this.props.readonly && !this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("farm_many2one_or_all", {
    ...buildM2OFieldDescription(Many2OneOrAllField),
});
