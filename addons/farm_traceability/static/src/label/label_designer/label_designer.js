import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const ARROWS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
};

/**
 * Shows the preview of a label with a frame round each block. A chosen frame is dragged,
 * or moved by the arrow keys; with Shift they change its size. What the label looks like
 * then comes from the server.
 */
export class LabelDesigner extends Component {
    static template = "farm_traceability.LabelDesigner";
    static props = {...standardFieldProps};
    /** Millimetres that blocks are moved by. */
    static step = 0.5;

    setup() {
        this.state = useState({chosen: null, drag: null});
    }

    get size() {
        const {width, height} = this.props.record.data;
        return {width: width || 1, height: height || 1};
    }

    get paperStyle() {
        const {width, height} = this.size;
        const widest = `min(${width * 7}px, ${(70 * width) / height}vh)`;
        return `aspect-ratio: ${width} / ${height}; max-width: ${widest};`;
    }

    /** The picture itself is never edited; who may design may move its blocks. */
    get isEdited() {
        return this.props.record.isInEdition;
    }

    get blocks() {
        return this.isEdited ? this.props.record.data.block_ids.records : [];
    }

    frameStyle(block) {
        const {x, y, width, height} = this.placeOf(block);
        const across = (value) => `${(100 * value) / this.size.width}%`;
        const down = (value) => `${(100 * value) / this.size.height}%`;
        return (
            `left: ${across(x)}; top: ${down(y)};` +
            `width: ${across(width)}; height: ${down(height)};`
        );
    }

    /** The place of a block in mm, with what it was dragged by. */
    placeOf(block) {
        const {x, y, width, height} = block.data;
        const drag = this.state.drag;
        return drag?.id === block.id
            ? {x: x + drag.x, y: y + drag.y, width, height}
            : {x, y, width, height};
    }

    isChosen(block) {
        return this.state.chosen === block.id;
    }

    choose(block) {
        this.state.chosen = block.id;
    }

    // -- keys -------------------------------------------------------------------------

    onKeydown(block, event) {
        const direction = ARROWS[event.key];
        if (!direction) {
            return;
        }
        event.preventDefault();
        this.choose(block);
        const [across, down] = direction.map((one) => one * LabelDesigner.step);
        const {x, y, width, height} = block.data;
        if (event.shiftKey) {
            this.put(block, {width: width + across, height: height + down});
        } else {
            this.put(block, {x: x + across, y: y + down});
        }
    }

    // -- dragging ---------------------------------------------------------------------

    onPointerdown(block, event) {
        // On a touch screen the first touch chooses, so that the page can be scrolled.
        const first = event.pointerType === "touch" && !this.isChosen(block);
        this.choose(block);
        if (first) {
            return;
        }
        event.currentTarget.setPointerCapture(event.pointerId);
        this.start = {x: event.clientX, y: event.clientY};
        this.state.drag = {id: block.id, x: 0, y: 0};
    }

    onPointermove(block, event) {
        if (this.state.drag?.id === block.id) {
            const paper = event.currentTarget.parentElement.getBoundingClientRect();
            const scale = this.size.width / paper.width;
            this.state.drag.x = (event.clientX - this.start.x) * scale;
            this.state.drag.y = (event.clientY - this.start.y) * scale;
        }
    }

    onPointerup(block) {
        if (this.state.drag?.id === block.id) {
            const {x, y} = this.placeOf(block);
            this.state.drag = null;
            this.put(block, {x, y});
        }
    }

    onPointercancel() {
        this.state.drag = null;
    }

    /** Write places on the grid, and nothing when they are as they were. */
    put(block, places) {
        const step = LabelDesigner.step;
        const changes = {};
        for (const [name, value] of Object.entries(places)) {
            const rounded = Math.max(0, Math.round(value / step) * step);
            if (Math.abs(rounded - block.data[name]) >= step / 2) {
                changes[name] = rounded;
            }
        }
        if (Object.keys(changes).length) {
            block.update(changes);
        }
    }
}

registry.category("fields").add("farm_label_designer", {
    component: LabelDesigner,
    supportedTypes: ["text"],
});
