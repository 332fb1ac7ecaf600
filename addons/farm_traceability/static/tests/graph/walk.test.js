import {bendOf, nextNode} from "@farm_traceability/graph/walk";
import {describe, expect, test} from "@odoo/hoot";
import {findNodes} from "@farm_traceability/graph/graph_search/graph_search";

describe.current.tags("headless");

const POINTS = new Map([
    ["here", {x: 0, y: 0}],
    ["near", {x: 50, y: 0}],
    ["linked", {x: 90, y: 30}],
    ["below", {x: 0, y: 40}],
    ["left", {x: -40, y: 5}],
]);

test("an arrow key goes to what is linked before what is near", () => {
    const next = (key, linked = []) => nextNode(POINTS, "here", key, new Set(linked));
    expect(next("ArrowRight")).toBe("near");
    expect(next("ArrowRight", ["linked"])).toBe("linked");
    expect(next("ArrowDown")).toBe("below");
    expect(next("ArrowLeft")).toBe("left");
    expect(next("ArrowUp")).toBe(undefined);
});

test("a bend is told by its part of the way and its distance", () => {
    const [source, target] = [
        {x: 0, y: 0},
        {x: 100, y: 0},
    ];
    expect(bendOf(source, target, {x: 25, y: 0})).toEqual({weight: 0.25, distance: 0});
    expect(bendOf(source, target, {x: 50, y: 20})).toEqual({weight: 0.5, distance: 20});
    expect(bendOf(source, source, source)).toEqual({weight: 0, distance: 0});
});

test("a search finds lots, those that begin with the text first, and no groups", () => {
    const nodes = [
        {id: 1, kind: "lot", label: "X-RAJA"},
        {id: 2, kind: "lot", label: "Raja-1"},
        {id: 3, kind: "group", label: "20 raja"},
        {id: 4, kind: "customer", label: "Shop"},
    ];
    const found = (text, most) => findNodes(nodes, text, most).map((node) => node.id);
    expect(found("raja")).toEqual([2, 1]);
    expect(found("raja", 1)).toEqual([2]);
    expect(found("  ")).toEqual([]);
});
