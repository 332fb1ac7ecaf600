import {expect, test} from "@odoo/hoot";
import {queryAll, queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {LANE, ReadMap} from "@farm_rfid_bridge/read_map/read_map";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {mountWithCleanup} from "@web/../tests/web_test_helpers";

defineMailModels();

const stay = (lane, place, more = {}) => ({
    lane,
    place,
    when: "15 June",
    what: "Counted",
    tone: "",
    by: "Gate · Reader",
    leap: null,
    ...more,
});

const map = (more = {}) => ({
    alarm: "",
    empty: "",
    notice: "",
    lanes: [
        {name: "Dock", url: "https://map.example/dock"},
        {name: "Cold", url: ""},
    ],
    rows: [
        stay(0, "Dock"),
        stay(1, "Cold", {
            tone: "danger",
            leap: {text: "90 km in 2 minutes", impossible: true},
        }),
        stay(1, "Cold", {leap: {text: "1 km in 2 hours", impossible: false}}),
    ],
    ...more,
});

const mount = (more) => mountWithCleanup(ReadMap, {props: {map: map(more)}});

test("a row for each stay, and a lane for each place", async () => {
    await mount();
    expect(".o_farm_read_map_row").toHaveCount(3);
    expect(queryAllTexts(".o_farm_read_map_text .fw-bold")).toEqual([
        "Dock",
        "Cold",
        "Cold",
    ]);
    const [first] = queryAll("svg");
    expect(first.querySelectorAll(".o_farm_read_map_lane").length).toBe(2);
    expect(first.getAttribute("viewBox")).toBe(`0 0 ${2 * LANE} 100`);
});

test("a dot lies in the middle of its lane, in the lane's colour", async () => {
    await mount();
    const dots = queryAll(".o_farm_read_map_dot");
    expect(dots.map((dot) => dot.style.left)).toEqual(["11px", "33px", "33px"]);
    expect(dots[0]).toHaveClass("o_farm_read_map_color_0");
    expect(dots[1]).toHaveClass("o_farm_read_map_color_1");
});

test("the way into a row comes from the lane before", async () => {
    await mount();
    const row = queryAll(".o_farm_read_map_row")[1];
    const way = row.querySelector(".o_farm_read_map_way");
    expect(way.getAttribute("x1")).toBe("11");
    expect(way.getAttribute("x2")).toBe("33");
});

test("only what no thing can do is marked", async () => {
    await mount();
    expect(".o_farm_read_map_impossible").toHaveCount(1);
    expect(queryOne(".o_farm_read_map_impossible")).toHaveText(/90 km in 2 minutes/);
    expect(".fa-exclamation-triangle").toHaveCount(1);
    expect(".badge.text-bg-danger").toHaveCount(1);
});

test("a place with a position is a link to the street map", async () => {
    await mount();
    expect(".o_farm_read_map_text a").toHaveCount(1);
    expect(".o_farm_read_map_text a").toHaveAttribute(
        "href",
        "https://map.example/dock"
    );
});

test("what the server says of the whole is shown as it says it", async () => {
    await mount({
        alarm: "It was at two places",
        empty: "Read nowhere",
        notice: "The last 300",
        lanes: [],
        rows: [],
    });
    expect(".alert-danger").toHaveText("It was at two places");
    expect(queryAllTexts("p")).toEqual(["Read nowhere", "The last 300"]);
    expect(".o_farm_read_map_row").toHaveCount(0);
});
