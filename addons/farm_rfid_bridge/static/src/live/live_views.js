import {FormController} from "@web/views/form/form_controller";
import {ListController} from "@web/views/list/list_controller";
import {formView} from "@web/views/form/form_view";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useLive} from "./live";

/** The form of a device; what a person is typing into it stays. */
export class DeviceFormController extends FormController {
    setup() {
        super.setup();
        useLive(this.readAnew);
    }

    async readAnew(deviceIds) {
        const {root} = this.model;
        if (deviceIds.has(root.resId) && !(await root.isDirty())) {
            await root.load();
        }
    }
}

/** Lists of events and lots; what a person has chosen or types in them stays. */
export class EventListController extends ListController {
    setup() {
        super.setup();
        useLive(this.readAnew);
    }

    async readAnew() {
        const {root} = this.model;
        if (!root.selection.length && !root.editedRecord) {
            await root.load();
        }
    }
}

const views = registry.category("views");
views.add("farm_device_form", {...formView, Controller: DeviceFormController});
views.add("farm_device_event_list", {...listView, Controller: EventListController});
