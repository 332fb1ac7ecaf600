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
/** Drawn closer together and, while it moves, as a picture. */
const MANY = 300;
/** More edges than this are drawn as plain lines. */
const MOST_HEADS = 5000;
/** More edges of a node than this go without their texts. */
const MOST_TEXTS = 24;
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
            show: (id) => {
                this.show(id);
                this.box.el.focus();
            },
            avoid: (element) => this.avoid(element),
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
        this.points = points;
        this.cy = window.cytoscape({
            container: box,
            elements: [
                ...nodes.map((node) => this.nodeElement(node)),
                ...edges.map((edge, index) => this.edgeElement(edge, bends[index])),
            ],
            style: graphStyle(readColours(box), {
                ...NODE,
                offset: this.downward ? 34 : 66,
            }),
            layout: {name: "preset", fit: false},
            minZoom: ZOOM.min,
            maxZoom: ZOOM.max,
            autoungrabify: true,
            boxSelectionEnabled: false,
            selectionType: "single",
            hideEdgesOnViewport: edges.length > 1000,
            textureOnViewport: nodes.length > MANY,
            motionBlur: false,
        });
        this.cy.on("tap", "node", ({target}) => this.props.onSelect(target.id()));
        this.cy.on(
            "tap",
            ({target}) => target === this.cy && this.props.onSelect(null)
        );
        this.cy.on("dbltap", "node", ({target}) => this.props.onOpen(target.id()));
        this.watchSize(box);
        if (this.props.selected) {
            this.show(this.props.selected);
        } else {
            this.firstView();
        }
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
        const gap = nodes.length > MANY ? 230 : 300;
        const size = this.downward
            ? {
                  row: NODE.width + 14,
                  column: NODE.height + 14,
                  gap: 120,
                  ratio: 1 / ratio,
                  fewest: 2,
              }
            : {row: NODE.height + 14, column: NODE.width + 14, gap, ratio, fewest: 12};
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
        const plain = this.props.data.edges.length > MOST_HEADS;
        const data = {source, target, text, plain, loop: source === target};
        const [from, to] = [this.points.get(source), this.points.get(target)];
        const along = this.downward ? "y" : "x";
        const ordered = from[along] > to[along] ? [...bends].reverse() : bends;
        if (ordered.length && !plain) {
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
            this.showBeginning((start || this.props.data.nodes[0]).id);
        }
    }

    /** A node in the middle, or at the edge when nothing comes before it. */
    showBeginning(id) {
        this.show(id);
        if (!this.cy.getElementById(id).incomers().length) {
            const {clientWidth, clientHeight} = this.box.el;
            this.cy.panBy(
                this.downward
                    ? {x: 0, y: -clientHeight / 3}
                    : {x: -clientWidth / 3, y: 0}
            );
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

    /** Move the drawing so that the selected node is not below an element. */
    avoid(element) {
        const node = this.cy.getElementById(this.props.selected);
        const frame = this.box.el.getBoundingClientRect();
        const cover = element.getBoundingClientRect();
        const {x1, x2, y1, y2} = node.renderedBoundingBox();
        const [left, top] = [cover.left - frame.left, cover.top - frame.top];
        const isAside = x2 < left || y1 > top + cover.height || y2 < top;
        if (isAside || x1 > left + cover.width) {
            return;
        }
        const isWide = cover.width > frame.width / 2;
        this.cy.panBy(
            isWide ? {x: 0, y: top - y2 - MARGIN} : {x: left - x2 - MARGIN, y: 0}
        );
    }

    /** What the node was made of and what became of it stands out. */
    mark(id) {
        const {cy} = this;
        cy.batch(() => {
            cy.elements().removeClass("aside near in out").unselect();
            const node = id && cy.getElementById(id);
            if (!node?.length) {
                return;
            }
            node.select();
            const near = node.connectedEdges().addClass("near");
            if (near.length <= MOST_TEXTS) {
                node.outgoers("edge").addClass("out");
                node.incomers("edge").addClass("in");
            }
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
