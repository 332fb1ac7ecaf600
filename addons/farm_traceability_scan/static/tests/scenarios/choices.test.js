import {describe, expect, test} from "@odoo/hoot";
import {matching} from "@farm_traceability_scan/scenarios/shared/choose_panel/matching";
import {choicesOf} from "@farm_traceability_scan/scenarios/shared/places";

describe.current.tags("headless");

const PLACES = [
    {id: 1, name: "WH/Stock", text: "WH/Stock", path: "1/"},
    {id: 2, name: "WH/Stock/Cold 1", text: "COLD-1", path: "1/2/"},
    {id: 3, name: "WH/Stock/Rack 7", text: "RACK-7", path: "1/3/"},
];

test("where the same lies comes first, each place once", () => {
    const near = [
        {id: 3, amount: "5 kg"},
        {id: 9, amount: "1 kg"},
    ];
    const choices = choicesOf(PLACES, near);
    expect(choices.map(({key}) => key)).toEqual([
        "location,3",
        "location,1",
        "location,2",
    ]);
    expect(choices[0].detail).toBe("5 kg");
    expect(choices[2].text).toBe("COLD-1");
});

test("all words of a text are in what is found, in any order", () => {
    const choices = choicesOf(PLACES, [{id: 3, amount: "5 kg"}]);
    for (const [text, count] of [
        ["", 3],
        ["cold", 1],
        ["7 rack", 1],
        ["KG", 1],
        ["wh", 3],
        ["cold 7", 0],
    ]) {
        expect(matching(choices, text)).toHaveLength(count, {message: text});
    }
});
