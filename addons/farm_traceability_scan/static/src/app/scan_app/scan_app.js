import {
    Component,
    onError,
    onMounted,
    onWillUnmount,
    useEffect,
    useState,
} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {Icon} from "../../shell/icon/icon";
import {DeviceScreen} from "../device_screen/device_screen";
import {useScan} from "../hooks";
import {ListScreen} from "../list_screen/list_screen";
import {LogScreen} from "../log_screen/log_screen";
import {MenuScreen} from "../menu_screen/menu_screen";
import {LinkNotice} from "../link_notice/link_notice";

const SCREENS = {
    menu: MenuScreen,
    list: ListScreen,
    log: LogScreen,
    device: DeviceScreen,
};

/** The one screen that is open; see `router.js`. */
export class ScanApp extends Component {
    static template = "farm_traceability_scan.ScanApp";
    static components = {Icon, LinkNotice};
    static props = {};

    setup() {
        this.scan = useScan();
        this.place = useState(this.scan.router.place);
        this.device = useState(this.scan.device);
        this.state = useState({hasFault: false});
        onError((error) => this.onFault(error));
        onMounted(() => {
            this.scan.start();
            this.scan.loadMenu();
        });
        onWillUnmount(() => this.scan.stop());
        useEffect(
            (theme) => {
                document.documentElement.dataset.theme = theme;
            },
            () => [this.device.theme]
        );
    }

    /** What is scanned is on the disk: the screen begins anew, nothing is lost. */
    onFault(error) {
        console.error(error.cause ?? error);
        this.state.hasFault = true;
    }

    reload() {
        browser.location.reload();
    }

    get screen() {
        const {screen, scenario} = this.place;
        if (screen !== "work") {
            return SCREENS[screen];
        }
        const found = registry.category("farm_scan_scenarios").get(scenario, null);
        return found?.Work ?? MenuScreen;
    }

    /** What other rooms have to say, whatever screen is open. */
    get notices() {
        return registry.category("farm_scan_notices").getEntries();
    }

    get key() {
        const {screen, scenario, documentId} = this.place;
        return `${screen}/${scenario}/${documentId}`;
    }

    get screenProps() {
        const {screen, scenario, documentId} = this.place;
        const isWork = screen === "work" && this.screen !== MenuScreen;
        if (isWork) {
            return {scenario, documentId};
        }
        return screen === "list" ? {scenario} : {};
    }
}
