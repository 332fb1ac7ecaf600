import {onMounted, onWillUnmount, useEnv} from "@odoo/owl";

/** @returns {import("./scan").Scan} */
export function useScan() {
    return useEnv().scan;
}

/**
 * While the component is there, it takes what is scanned; the last one to come first.
 *
 * @param {Object} target
 * @param {(look: Object, source: string) => Promise|boolean} [target.onScan]
 * @param {(name: string, value: string) => Promise|boolean} [target.onCommand] each
 *  gives false for what it leaves to the one below
 */
export function useScanTarget(target) {
    const scan = useScan();
    onMounted(() => scan.targets.push(target));
    onWillUnmount(() => {
        scan.targets = scan.targets.filter((one) => one !== target);
    });
}
