/** Where the arrow keys lead in a drawing. */

const WAYS = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
};

/**
 * The next node in a direction: of those linked to the present one if there are any
 * that way, else of all. What lies straight ahead counts as nearer.
 *
 * @param {Map<any, {x: number, y: number}>} points
 * @param {any} here
 * @param {string} key name of an arrow key
 * @param {Set} linked neighbours of the present node
 * @returns the node, or undefined where there is none
 */
export function nextNode(points, here, key, linked) {
    const [right, down] = WAYS[key];
    const from = points.get(here);
    let best, least;
    for (const [node, point] of points) {
        const [x, y] = [point.x - from.x, point.y - from.y];
        const ahead = x * right + y * down;
        const aside = Math.abs(x * down) + Math.abs(y * right);
        if (ahead <= 0 || aside > 2 * ahead) {
            continue;
        }
        const rank = [linked.has(node) ? 0 : 1, ahead + 2 * aside];
        if (
            !least ||
            rank[0] < least[0] ||
            (rank[0] === least[0] && rank[1] < least[1])
        ) {
            [best, least] = [node, rank];
        }
    }
    return best;
}

/**
 * Where a bend lies seen from its edge, as Cytoscape wants it.
 *
 * @returns {{weight: number, distance: number}} part of the way from source to target,
 *  and how far to the side
 */
export function bendOf(source, target, point) {
    const [x, y] = [target.x - source.x, target.y - source.y];
    const length = Math.hypot(x, y) || 1;
    const [px, py] = [point.x - source.x, point.y - source.y];
    return {
        weight: (px * x + py * y) / (length * length),
        distance: (py * x - px * y) / length,
    };
}
