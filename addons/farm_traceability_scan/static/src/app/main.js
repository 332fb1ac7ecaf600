import {boot} from "./boot";

const info = odoo.__farm_scan__;
delete odoo.__farm_scan__;

/** Without its store on the device the page would lose scans: it says so instead. */
function onFault(error) {
    console.error(error);
    const text = document.createElement("p");
    text.className = "fs-empty";
    text.textContent = `The page does not start on this device: ${error.message}`;
    document.body.append(text);
}

boot(info).catch(onFault);
