import {
    bestHeight,
    layeredLayout,
    rankNodes,
    spread,
    withoutLoops,
} from "@farm_traceability/graph/layered_layout";
import {describe, expect, test} from "@odoo/hoot";

const SIZE = {row: 10, column: 50, gap: 100, ratio: 1, fewest: 20};

function placesOf(ids, edges) {
    return Object.fromEntries(layeredLayout(ids, edges, SIZE).places);
}

describe.current.tags("headless");

test("a chain lies in a line, a layer for each", () => {
    const places = placesOf(
        ["a", "b", "c"],
        [
            ["a", "b"],
            ["b", "c"],
        ]
    );
    expect(places).toEqual({a: [0, 0], b: [100, 0], c: [200, 0]});
});

test("children lie apart, around their parent", () => {
    const places = placesOf(
        ["a", "b", "c"],
        [
            ["a", "b"],
            ["a", "c"],
        ]
    );
    expect(Math.abs(places.b[1] - places.c[1])).toBe(10);
    expect(places.a[1]).toBe((places.b[1] + places.c[1]) / 2);
});

test("an edge over several layers bends round what is between", () => {
    const {places, bends} = layeredLayout(
        ["a", "b", "c"],
        [
            ["a", "b"],
            ["b", "c"],
            ["a", "c"],
        ],
        SIZE
    );
    expect(bends.map((bend) => bend.length)).toEqual([0, 0, 1]);
    expect(bends[2][0][0]).toBe(places.get("b")[0]);
    expect(Math.abs(bends[2][0][1] - places.get("b")[1])).toBe(10);
});

test("loops end, whatever their length", () => {
    const edges = [
        ["a", "a"],
        ["a", "b"],
        ["b", "c"],
        ["c", "a"],
    ];
    expect(withoutLoops(["a", "b", "c"], edges)).toEqual([
        {source: "a", target: "a"},
        {source: "a", target: "b"},
        {source: "b", target: "c"},
        {source: "a", target: "c"},
    ]);
    expect(Object.values(placesOf(["a", "b", "c"], edges)).flat()).not.toInclude(NaN);
});

test("a late beginning lies just before what it leads to", () => {
    const edges = [
        {source: "a", target: "b"},
        {source: "b", target: "c"},
        {source: "late", target: "c"},
    ];
    const ranks = rankNodes(["a", "b", "c", "late"], edges);
    expect(Object.fromEntries(ranks)).toEqual({a: 0, b: 1, c: 2, late: 1});
});

test("values stay as near to what they wish as their distance allows", () => {
    expect(spread([0, 0, 0], 10)).toEqual([-10, 0, 10]);
    expect(spread([0, 100], 10)).toEqual([0, 100]);
    expect(spread([100, 0], 10)).toEqual([45, 55]);
    expect(spread([], 10)).toEqual([]);
});

test("a layer of many is folded, one of few is not", () => {
    expect(bestHeight([1, 20], SIZE)).toBe(20);
    const rows = bestHeight([1, 2000], SIZE);
    expect(rows).toBeLessThan(500);
});

test("no two of 2,000 nodes lie at the same place", () => {
    const ids = Array.from({length: 2000}, (_value, index) => index);
    const edges = ids.slice(1).map((id) => [Math.floor((id - 1) / 7), id]);
    const {places} = layeredLayout(ids, edges, SIZE);
    expect(new Set([...places.values()].map(String)).size).toBe(2000);
});
