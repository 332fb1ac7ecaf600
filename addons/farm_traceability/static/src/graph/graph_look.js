/** How each state looks: a colour, a shape and an icon, so that none stands alone. */

const box = "M2 4.5 8 2l6 2.5v7L8 14l-6-2.5zM2 4.5 8 7l6-2.5M8 7v7";
const ICONS = {
    stock: box,
    held: "M5 7V5a3 3 0 0 1 6 0v2M3.500 7h9v7h-9z",
    delivered:
        "M1 4h8v7H1zM9 6.500h3.500L15 9v2H9zM4 13.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3zM12 13.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z",
    scrapped: "M3 4h10M6 4V2h4v2M4.500 4l.7 10h5.600l.7-10M7 7v4M9 7v4",
    consumed: "M2 8h9M8 4l4 4-4 4M14 3v10",
    mixed: "M8 2v12M2 8a6 6 0 1 0 12 0A6 6 0 1 0 2 8M8 5h5M8 8h6M8 11h5",
    customer:
        "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.500 14c.5-3 2.500-4.500 5.500-4.500s5 1.500 5.500 4.500",
    hidden: "M2 8s2.200-4 6-4 6 4 6 4-2.200 4-6 4-6-4-6-4zM3 13 13 3",
};
const SHAPES = {
    stock: "round-rectangle",
    held: "octagon",
    delivered: "round-tag",
    scrapped: "cut-rectangle",
    consumed: "rectangle",
    mixed: "barrel",
    customer: "ellipse",
    hidden: "round-rectangle",
};

export const STATES = Object.keys(ICONS);

/** The icon of a state as an address of a picture. */
export function iconOf(state, colour) {
    const svg =
        `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 16 16"` +
        ` fill="none" stroke="${colour}" stroke-width="1.3" stroke-linejoin="round"` +
        ` stroke-linecap="round"><path d="${ICONS[state]}"/></svg>`;
    return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

/** Colours that the style sheet gives for the present scheme, light or dark. */
export function readColours(element) {
    const style = getComputedStyle(element);
    const read = (name) => style.getPropertyValue(`--farm-graph-${name}`).trim();
    const fills = STATES.map((state) => `${state}-fill`);
    const names = [...STATES, ...fills, "text", "back", "line", "chosen"];
    return Object.fromEntries(names.map((name) => [name, read(name)]));
}

/**
 * Cytoscape's style sheet.
 *
 * @param {Object} colours see `readColours`
 * @param {Object} size `width` and `height` of nodes, `offset` of the texts of edges
 */
export function graphStyle(colours, size) {
    return [
        {
            selector: "node",
            style: {
                width: size.width,
                height: size.height,
                label: "data(lines)",
                color: colours.text,
                "font-size": 12,
                "font-family": "inherit, system-ui, sans-serif",
                "line-height": 1.25,
                "min-zoomed-font-size": 6,
                "text-wrap": "wrap",
                "text-valign": "center",
                "text-halign": "center",
                "text-margin-x": 10,
                "background-color": colours.back,
                "border-width": 2,
                "background-image-containment": "inside",
                "background-width": 18,
                "background-height": 18,
                "background-position-x": 8,
                "background-image-opacity": 1,
            },
        },
        ...STATES.map((state) => ({
            selector: `node[state = "${state}"]`,
            style: {
                shape: SHAPES[state],
                "border-color": colours[state],
                "background-color": colours[`${state}-fill`],
                "background-image": iconOf(state, colours[state]),
            },
        })),
        {selector: 'node[state = "held"]', style: {"border-width": 4}},
        {
            selector: 'node[state = "scrapped"], node[state = "hidden"]',
            style: {"border-style": "dashed"},
        },
        {
            selector: 'node[kind = "group"]',
            style: {"border-style": "double", "border-width": 5},
        },
        {
            selector: "node[?start]",
            style: {
                "outline-width": 3,
                "outline-offset": 3,
                "outline-color": colours.chosen,
                "font-weight": "bold",
            },
        },
        {
            selector: "edge",
            style: {
                width: 1.5,
                "line-color": colours.line,
                "target-arrow-color": colours.line,
                "target-arrow-shape": "triangle",
                "arrow-scale": 0.9,
                "curve-style": "straight",
                color: colours.text,
                "font-size": 11,
                "text-wrap": "wrap",
                "text-background-color": colours.back,
                "text-background-opacity": 0.9,
                "text-background-padding": 2,
            },
        },
        {
            selector: "edge[weights]",
            style: {
                "curve-style": "round-segments",
                "segment-weights": "data(weights)",
                "segment-distances": "data(distances)",
                "segment-radii": 30,
                "edge-distances": "node-position",
            },
        },
        {
            selector: "edge[?loop]",
            style: {"curve-style": "bezier", "loop-direction": "0deg"},
        },
        // Thousands of lines are drawn without heads: the layers say where they lead.
        {
            selector: "edge[?plain]",
            style: {
                "curve-style": "haystack",
                "haystack-radius": 0,
                "target-arrow-shape": "none",
                width: 1,
            },
        },
        {selector: ".aside", style: {opacity: 0.25}},
        {
            selector: "node:selected",
            style: {
                "overlay-color": colours.chosen,
                "overlay-opacity": 0.18,
                "overlay-padding": 5,
            },
        },
        {
            selector: "edge.near",
            style: {
                width: 3,
                "line-color": colours.chosen,
                "target-arrow-color": colours.chosen,
            },
        },
        {
            selector: "edge.out",
            style: {"target-label": "data(text)", "target-text-offset": size.offset},
        },
        {
            selector: "edge.in",
            style: {"source-label": "data(text)", "source-text-offset": size.offset},
        },
    ];
}
