import {Component} from "@odoo/owl";

/** Width of a lane in px. */
export const LANE = 22;

const lane = {type: Object, shape: {name: String, url: String}};
const row = {
    type: Object,
    shape: {
        lane: Number,
        place: String,
        when: String,
        what: String,
        tone: String,
        by: String,
        leap: [{value: null}, {type: Object}],
    },
};

/**
 * Where a tag was: a lane for each place, a row for each stay, time runs down. It
 * composes nothing: every text comes from the server.
 */
export class ReadMap extends Component {
    static template = "farm_rfid_bridge.ReadMap";
    static props = {
        map: {
            type: Object,
            shape: {
                alarm: String,
                empty: String,
                notice: String,
                lanes: {type: Array, element: lane},
                rows: {type: Array, element: row},
                "*": true,
            },
        },
    };

    get width() {
        return LANE * this.props.map.lanes.length;
    }

    /** The middle of a lane in px. */
    middle(number) {
        return LANE * (number + 0.5);
    }

    /** Where the line into a row comes from, in px. */
    origin(index) {
        const {rows} = this.props.map;
        return this.middle(rows[Math.max(index - 1, 0)].lane);
    }

    color(number) {
        return `o_farm_read_map_color_${number % 6}`;
    }
}
