/**
 * Draws a directed graph in layers, in well under a second for thousands of nodes.
 *
 * After Sugiyama: layers by longest path, an order in each layer by barycentres, then
 * places by least squares. Edges over several layers get a place in each of them, so
 * that no line runs through a node that it has nothing to do with. A layer with more
 * nodes than fit the picture is folded into several columns.
 *
 * Places are pairs [along, across]: along the arrows, and across them.
 */

const SWEEPS = 8;
// More places of long edges than this times the nodes cost more than they help.
const MOST_BENDS = 3;

/**
 * @param {Array} ids nodes
 * @param {[any, any][]} edges pairs of source and target
 * @param {Object} size
 * @param {number} size.row distance of two nodes in a column
 * @param {number} size.column distance of two columns of a folded layer
 * @param {number} size.gap distance of two layers
 * @param {number} size.fewest a layer of no more nodes than this is not folded
 * @param {number} size.ratio length along the arrows to length across them, wanted
 * @returns {{places: Map, bends: [number, number][][]}} places of nodes, and of the
 *  bends of each edge
 */
export function layeredLayout(ids, edges, size) {
    const forward = withoutLoops(ids, edges);
    const ranks = rankNodes(ids, forward);
    const net = buildNet(ids, forward, ranks);
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
        sortLayers(net, sweep % 2 === 0);
    }
    const rows = foldLayers(net.layers, size);
    const across = placeRows(rows, net, size);
    const along = placeLayers(rows, size);
    const place = (spot) => [along.get(spot), across.get(spot)];
    return {
        places: new Map(ids.map((id) => [id, place(net.spots.get(id))])),
        bends: forward.map((edge) => (net.bends.get(edge) || []).map(place)),
    };
}

/** Edges as they are drawn in layers: turned round where they would close a circle. */
export function withoutLoops(ids, edges) {
    const out = new Map(ids.map((id) => [id, []]));
    edges.forEach((edge, number) => out.get(edge[0]).push(number));
    const turned = new Set();
    const state = new Map();
    for (const id of ids) {
        if (state.has(id)) {
            continue;
        }
        const path = [[id, 0]];
        state.set(id, "open");
        while (path.length) {
            const step = path[path.length - 1];
            const number = out.get(step[0])[step[1]++];
            if (number === undefined) {
                state.set(step[0], "done");
                path.pop();
            } else if (state.get(edges[number][1]) === "open") {
                turned.add(number);
            } else if (!state.has(edges[number][1])) {
                state.set(edges[number][1], "open");
                path.push([edges[number][1], 0]);
            }
        }
    }
    return edges.map(([source, target], number) =>
        turned.has(number) ? {source: target, target: source} : {source, target}
    );
}

/** Longest way from a beginning; beginnings move up to what they lead to. */
export function rankNodes(ids, edges) {
    const real = edges.filter((edge) => edge.source !== edge.target);
    const into = new Map(ids.map((id) => [id, 0]));
    const out = new Map(ids.map((id) => [id, []]));
    for (const edge of real) {
        into.set(edge.target, into.get(edge.target) + 1);
        out.get(edge.source).push(edge.target);
    }
    const begins = ids.filter((id) => !into.get(id));
    const ranks = new Map(ids.map((id) => [id, 0]));
    const queue = [...begins];
    for (const id of queue) {
        for (const target of out.get(id)) {
            ranks.set(target, Math.max(ranks.get(target), ranks.get(id) + 1));
            into.set(target, into.get(target) - 1);
            if (!into.get(target)) {
                queue.push(target);
            }
        }
    }
    for (const id of begins.filter((begin) => out.get(begin).length)) {
        const next = out.get(id).map((target) => ranks.get(target));
        ranks.set(id, next.reduce((least, rank) => Math.min(least, rank)) - 1);
    }
    return ranks;
}

/** Layers of spots, one for each node and for each layer that an edge passes. */
function buildNet(ids, edges, ranks) {
    const highest = Math.max(0, ...new Set(ranks.values()));
    const layers = Array.from({length: highest + 1}, () => []);
    const net = {layers, spots: new Map(), bends: new Map()};
    const add = (rank) => {
        const spot = {before: [], after: []};
        layers[rank].push(spot);
        return spot;
    };
    for (const id of inDepth(ids, edges)) {
        net.spots.set(id, add(ranks.get(id)));
    }
    const lengths = edges.map(
        (edge) => ranks.get(edge.target) - ranks.get(edge.source)
    );
    const passed = lengths.reduce((sum, length) => sum + Math.max(length - 1, 0), 0);
    const bent = passed <= MOST_BENDS * ids.length;
    for (const edge of edges.filter((one) => one.source !== one.target)) {
        let last = net.spots.get(edge.source);
        const bends = [];
        const end = bent ? ranks.get(edge.target) : 0;
        for (let rank = ranks.get(edge.source) + 1; rank < end; rank++) {
            const spot = add(rank);
            join(last, spot);
            bends.push(spot);
            last = spot;
        }
        join(last, net.spots.get(edge.target));
        net.bends.set(edge, bends);
    }
    return net;
}

function join(before, after) {
    before.after.push(after);
    after.before.push(before);
}

/** Nodes so that those which hang together come together. */
function inDepth(ids, edges) {
    const linked = new Map(ids.map((id) => [id, []]));
    for (const {source, target} of edges) {
        linked.get(source).push(target);
        linked.get(target).push(source);
    }
    const seen = new Set();
    for (const id of ids) {
        const stack = [id];
        while (stack.length) {
            const here = stack.pop();
            if (!seen.has(here)) {
                seen.add(here);
                stack.push(...linked.get(here).filter((other) => !seen.has(other)));
            }
        }
    }
    return seen;
}

function sortLayers({layers}, downward) {
    const number = new Map();
    const note = (layer) =>
        layer.forEach((spot, index) => number.set(spot, index - layer.length / 2));
    layers.forEach(note);
    for (const layer of downward ? layers : [...layers].reverse()) {
        const middles = new Map();
        for (const spot of layer) {
            const near = downward ? spot.before : spot.after;
            middles.set(spot, average(near, number) ?? number.get(spot));
        }
        layer.sort((one, other) => middles.get(one) - middles.get(other));
        note(layer);
    }
}

function average(spots, numbers) {
    if (!spots.length) {
        return undefined;
    }
    return spots.reduce((sum, spot) => sum + numbers.get(spot), 0) / spots.length;
}

/** Each layer as rows of as many spots as it has columns. */
function foldLayers(layers, size) {
    const most = bestHeight(
        layers.map((layer) => layer.length),
        size
    );
    return layers.map((layer) => {
        const columns = Math.ceil(layer.length / most) || 1;
        const rows = [];
        for (let start = 0; start < layer.length; start += columns) {
            rows.push(layer.slice(start, start + columns));
        }
        return rows;
    });
}

/** The number of rows with which the whole is seen largest. */
export function bestHeight(counts, {row, column, gap, ratio, fewest}) {
    const highest = Math.max(1, ...counts);
    let best = highest;
    let least = Infinity;
    for (let rows = highest; rows >= fewest; rows = Math.floor(rows * 0.9)) {
        const columns = counts.reduce((sum, count) => sum + Math.ceil(count / rows), 0);
        const length = columns * column + counts.length * (gap - column);
        const span = Math.max(length / ratio, rows * row);
        if (span < least) {
            least = span;
            best = rows;
        }
    }
    return best;
}

/** Rows near the rows that they are linked to, in their order, not too close. */
function placeRows(layers, net, {row}) {
    const across = new Map();
    const put = (rows, values) =>
        rows.forEach((spots, index) => {
            spots.forEach((spot) => across.set(spot, values[index]));
        });
    for (const rows of layers) {
        put(
            rows,
            rows.map((_row, index) => (index - (rows.length - 1) / 2) * row)
        );
    }
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
        const downward = sweep % 2 === 0;
        for (const rows of downward ? layers : [...layers].reverse()) {
            const wished = rows.map((spots) => {
                const near = spots.flatMap((spot) =>
                    downward ? spot.before : spot.after
                );
                return average(near, across) ?? across.get(spots[0]);
            });
            put(rows, spread(wished, row));
        }
    }
    return across;
}

/**
 * Values as near to the wished ones as their distance and order allow (least squares,
 * by pooling neighbours that would come too close).
 */
export function spread(wished, distance) {
    const pools = [];
    wished.forEach((value, index) => {
        pools.push({sum: value - index * distance, count: 1});
        while (pools.length > 1) {
            const last = pools[pools.length - 1];
            const former = pools[pools.length - 2];
            if (former.sum / former.count <= last.sum / last.count) {
                break;
            }
            former.sum += last.sum;
            former.count += last.count;
            pools.pop();
        }
    });
    const flat = pools.flatMap(({sum, count}) => Array(count).fill(sum / count));
    return flat.map((value, index) => value + index * distance);
}

function placeLayers(layers, {column, gap}) {
    const along = new Map();
    let start = 0;
    for (const rows of layers) {
        const columns = Math.max(1, ...rows.slice(0, 1).map((spots) => spots.length));
        for (const spots of rows) {
            spots.forEach((spot, index) => along.set(spot, start + index * column));
        }
        start += (columns - 1) * column + gap;
    }
    return along;
}
