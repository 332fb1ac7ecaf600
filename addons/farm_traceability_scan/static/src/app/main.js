import {boot} from "./boot";

const info = odoo.__farm_scan__;
delete odoo.__farm_scan__;
boot(info);
