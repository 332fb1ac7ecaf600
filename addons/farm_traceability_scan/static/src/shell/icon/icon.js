import {Component} from "@odoo/owl";

/** Lines of each icon in a square of 24 by 24. */
export const ICONS = {
    back: "M15 5l-7 7 7 7",
    check: "M5 13l4.5 4.5L19 7",
    cross: "M6 6l12 12M18 6L6 18",
    alert: "M12 4l9 16H3zM12 10v4M12 17v.5",
    clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2",
    cloudOff:
        "M3 3l18 18M7 9a5 5 0 00.5 10H17M10 6.500a6 6 0 017.500 4.500 4 4 0 013 6",
    label: "M4 4h8l8 8-8 8-8-8zM8.500 8.500h.5",
    list: "M9 6h11M9 12h11M9 18h11M4 6h.5M4 12h.5M4 18h.5",
    keypad: "M5 5h3v3H5zM10.500 5h3v3h-3zM16 5h3v3h-3zM5 10.500h3v3H5zM10.500 10.500h3v3h-3zM16 10.500h3v3h-3zM5 16h3v3H5zM10.500 16h3v3h-3zM16 16h3v3h-3z",
    camera: "M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 10a3.500 3.500 0 100 7 3.500 3.500 0 000-7z",
    type: "M4 7h16v10H4zM7 10h.5M10.500 10h.5M14 10h.5M17 10h.5M8 14h8",
    undo: "M8 5L4 9l4 4M4 9h9.500a5.500 5.500 0 010 11H9",
    flag: "M6 21V4M6 5h11l-2.500 4L17 13H6",
    gear: "M12 9a3 3 0 100 6 3 3 0 000-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M18.400 5.600l-2.100 2.100M7.700 16.300l-2.100 2.100",
    history: "M4 12a8 8 0 108-8 8 8 0 00-6.500 3.300M5 4v4h4M12 8v4.500l3 1.500",
    barcode: "M4 6v12M7.500 6v12M10.500 6v12M14 6v12M16.500 6v12M20 6v12",
    search: "M11 4a7 7 0 100 14 7 7 0 000-14zM16.200 16.200L21 21",
    pick: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
    place: "M12 21s-6.500-6-6.500-11a6.500 6.500 0 0113 0c0 5-6.500 11-6.500 11zM12 8a2.200 2.200 0 100 4.400A2.200 2.200 0 0012 8z",
    receive: "M12 4v10M8 10.500l4 4 4-4M4 15v5h16v-5",
    move: "M4 8h14M14.500 4.500L18 8l-3.500 3.500M20 16H6M9.500 12.500L6 16l3.500 3.500",
    checkbox: "M4 4h16v16H4zM8 12l3 3 5.500-6",
    count: "M5 4v16M9 4v16M13 4v16M17 4v16M3 17L20 7",
    split: "M12 21v-8M12 13L6 7V3M12 13l6-6V3",
    hold: "M8.500 3h7L21 8.500v7L15.500 21h-7L3 15.500v-7zM9 8.500v7M15 8.500v7",
    user: "M12 4a4 4 0 100 8 4 4 0 000-8zM4 20c1-4 4-6 8-6s7 2 8 6",
    moon: "M19 14.500A8 8 0 119.500 5 6.500 6.500 0 0019 14.500z",
    sun: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400",
    erase: "M8 6h13v12H8l-5-6zM11.500 9.500l5 5M16.500 9.500l-5 5",
    menu: "M4 6h16M4 12h16M4 18h16",
    torch: "M8 3h8v4l-2 3v11h-4V10L8 7z",
};

export class Icon extends Component {
    static template = "farm_traceability_scan.Icon";
    static props = {name: String, size: {type: Number, optional: true}};
    static defaultProps = {size: 24};

    get path() {
        return ICONS[this.props.name] ?? ICONS.barcode;
    }
}
