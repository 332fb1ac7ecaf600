import {onWillDestroy, useComponent} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";

export const PUSHED = "farm_rfid/pushed";
/** Ms for which pushes are gathered before a screen reads anew. */
export const GATHERED = 300;

/**
 * Read anew when a device has sent something.
 *
 * @param {(deviceIds: Set<number>) => Promise} read
 */
export function useLive(read) {
    const component = useComponent();
    const bus = useService("bus_service");
    const deviceIds = new Set();
    const readSoon = useDebounced(async () => {
        const found = new Set(deviceIds);
        deviceIds.clear();
        await read.call(component, found);
    }, GATHERED);
    const onPushed = ({device_id: deviceId}) => {
        deviceIds.add(deviceId);
        readSoon();
    };
    bus.subscribe(PUSHED, onPushed);
    onWillDestroy(() => bus.unsubscribe(PUSHED, onPushed));
}
