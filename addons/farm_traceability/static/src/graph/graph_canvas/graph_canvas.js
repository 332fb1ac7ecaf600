import {Component, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {bendOf, nextNode} from "../walk";
import {graphStyle, readColours} from "../graph_look";
import {layeredLayout} from "../layered_layout";

const NODE = {width: 156, height: 46};
const MARGIN = 30;
/** Narrower than this, the arrows go down instead of to the right. */
const NARROW = 600;
/** A drawing that would be smaller than this is shown at its beginning instead. */
const SMALLEST_FIT = 0.1;
const READABLE = 0.8;
const ZOOM = {min: 0.03, max: 2.5, step: 1.3};
const LONGEST_LABEL = 19;

function shortened(text) {
    return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}

/**
 * The drawing itself: Cytoscape in a box. It knows nodes and edges, and nothing of lots.
 */
export class GraphCanvas extends Component {
    static template = "farm_traceability.GraphCanvas";
    static props = {
        data: Object,
        selected: {type: [String, {value: null}]},
        label: String,
        onSelect: Function,
        onOpen: Function,
        /** Called with the functions that the buttons around the drawing need. */
        handle: Function,
    };

    setup() {
        this.box = useRef("box");
        this.props.handle({
            zoom: (times) => this.zoom(times),
            fit: () => this.fit(),
            show: (id) => this.show(id),
        });
        useEffect(
            () => this.draw(),
            () => [this.props.data]
        );
        useEffect(
            (id) => this.mark(id),
            () => [this.props.selected]
        );
        onWillUnmount(() => this.cy?.destroy());
    }

    draw() {
        const box = this.box.el;
        this.cy?.destroy();
        this.downward = box.clientWidth < NARROW;
        const {nodes, edges} = this.props.data;
        const {points, bends} = this.layout(nodes, edges);
        const many = nodes.length > 300;
        this.points = points;
        this.cy = window.cytoscape({
            container: box,
            elements: [
                ...nodes.map((node) => this.nodeElement(node)),
                ...edges.map((edge, index) => this.edgeElement(edge, bends[index])),
            ],
            style: graphStyle(readColours(box), NODE),
            layout: {name: "preset", fit: false},
            minZoom: ZOOM.min,
            maxZoom: ZOOM.max,
            autoungrabify: true,
            boxSelectionEnabled: false,
            selectionType: "single",
            hideEdgesOnViewport: edges.length > 1000,
            textureOnViewport: many,
            motionBlur: false,
        });
        this.cy.on("tap", "node", ({target}) => this.props.onSelect(target.id()));
        this.cy.on(
            "tap",
            ({target}) => target === this.cy && this.props.onSelect(null)
        );
        this.cy.on("dbltap", "node", ({target}) => this.props.onOpen(target.id()));
        this.watchSize(box);
        this.firstView();
        this.mark(this.props.selected);
    }

    /** The box is shown, turned and made larger after the drawing. */
    watchSize(box) {
        this.observer?.disconnect();
        this.observer = new ResizeObserver(() => this.cy?.resize());
        this.observer.observe(box);
        this.cy.on("destroy", () => this.observer.disconnect());
    }

    layout(nodes, edges) {
        const {clientWidth, clientHeight} = this.box.el;
        const ratio = clientWidth / Math.max(clientHeight, 1);
        const size = this.downward
            ? {
                  row: NODE.width + 14,
                  column: NODE.height + 14,
                  gap: 110,
                  ratio: 1 / ratio,
              }
            : {row: NODE.height + 14, column: NODE.width + 14, gap: 250, ratio};
        const {places, bends} = layeredLayout(
            nodes.map((node) => node.id),
            edges.map((edge) => [edge.source, edge.target]),
            size
        );
        const point = ([along, across]) =>
            this.downward ? {x: across, y: along} : {x: along, y: across};
        return {
            points: new Map([...places].map(([id, place]) => [id, point(place)])),
            bends: bends.map((places_) => places_.map(point)),
        };
    }

    nodeElement(node) {
        const lines = [node.label, node.text].filter(Boolean).map(shortened).join("\n");
        const {id, state, kind, start} = node;
        return {
            data: {id, state, kind, start, lines},
            position: {...this.points.get(id)},
        };
    }

    edgeElement({source, target, text}, bends) {
        const data = {source, target, text, loop: source === target};
        const [from, to] = [this.points.get(source), this.points.get(target)];
        const along = this.downward ? "y" : "x";
        const ordered = from[along] > to[along] ? [...bends].reverse() : bends;
        if (ordered.length) {
            const seen = ordered.map((point) => bendOf(from, to, point));
            data.weights = seen.map(({weight}) => weight);
            data.distances = seen.map(({distance}) => distance);
        }
        return {data};
    }

    // -- what is seen of it

    firstView() {
        this.fit();
        if (this.cy.zoom() < SMALLEST_FIT) {
            const start = this.props.data.nodes.find((node) => node.start);
            this.show((start || this.props.data.nodes[0]).id);
        }
    }

    fit() {
        this.cy.fit(undefined, MARGIN);
        if (this.cy.zoom() > 1) {
            this.cy.zoom(1);
            this.cy.center();
        }
    }

    zoom(times) {
        const {width, height} = this.box.el.getBoundingClientRect();
        const level = this.cy.zoom() * ZOOM.step ** times;
        this.cy.zoom({level, renderedPosition: {x: width / 2, y: height / 2}});
    }

    show(id) {
        const node = this.cy.getElementById(id);
        if (this.cy.zoom() < READABLE) {
            this.cy.zoom(READABLE);
        }
        this.cy.center(node);
    }

    /** What the node was made of and what became of it stands out. */
    mark(id) {
        const {cy} = this;
        cy.batch(() => {
            cy.elements().removeClass("aside near").unselect();
            const node = id && cy.getElementById(id);
            if (!node?.length) {
                return;
            }
            node.select();
            node.connectedEdges().addClass("near");
            const way = node.predecessors().union(node.successors()).union(node);
            cy.elements().not(way).addClass("aside");
        });
    }

    // -- keys

    onKeydown(event) {
        const keys = {
            "+": () => this.zoom(1),
            "=": () => this.zoom(1),
            "-": () => this.zoom(-1),
            0: () => this.fit(),
            Escape: () => this.props.onSelect(null),
            Enter: () => this.props.selected && this.props.onOpen(this.props.selected),
        };
        const done = event.key.startsWith("Arrow")
            ? () => this.step(event.key)
            : keys[event.key];
        if (done && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            event.stopPropagation();
            done();
        }
    }

    step(key) {
        const {selected, data} = this.props;
        const start = data.nodes.find((node) => node.start) || data.nodes[0];
        if (!selected) {
            this.moveTo(start.id);
            return;
        }
        const near = this.cy.getElementById(selected).neighborhood("node");
        const linked = new Set(near.map((node) => node.id()));
        const next = nextNode(this.points, selected, key, linked);
        if (next !== undefined) {
            this.moveTo(next);
        }
    }

    /** Select a node, and bring it into view when it is not. */
    moveTo(id) {
        const {x1, x2, y1, y2} = this.cy.extent();
        const {x, y} = this.points.get(id);
        if (x < x1 || x > x2 || y < y1 || y > y2 || this.cy.zoom() < READABLE / 2) {
            this.show(id);
        }
        this.props.onSelect(id);
    }
}
