import {
    chartConfig,
    figureAt,
    shortLabel,
} from "@farm_traceability/dashboard/dashboard_chart/chart_config";
import {describe, expect, test} from "@odoo/hoot";

describe.current.tags("headless");

const one = (value) => ({value, text: `${value} kg`, action: {name: `at ${value}`}});
const table = {
    columns: ["Planned", "Harvested", "Of the plan"],
    rows: [
        {label: "Raja", cells: [one(5), one(3), one(60)]},
        {label: "Kepok", cells: [one(7), null, null]},
    ],
    chart: {kind: "bar", horizontal: true, draws: [0, 1]},
};
const look = {text: "black", grid: "grey", scheme: "light"};

test("a set of bars for each drawn column, nothing is zero", () => {
    const {data, options} = chartConfig(table, look, () => {});
    expect(data.labels).toEqual(["Raja", "Kepok"]);
    expect(data.datasets.map((set) => set.data)).toEqual([
        [5, 7],
        [3, 0],
    ]);
    expect(options.indexAxis).toBe("y");
});

test("a bar opens its figure, and what is no bar opens nothing", () => {
    const opened = [];
    const {options} = chartConfig(table, look, (figure) => opened.push(figure));
    options.onClick({}, [{datasetIndex: 1, index: 0}]);
    options.onClick({}, []);
    expect(opened.map((figure) => figure.value)).toEqual([3]);
    expect(figureAt(table, 1, 1)).toBe(null);
});

test("one set needs no legend, and sets are stacked where asked", () => {
    const chart = {kind: "bar", stacked: true, draws: [0]};
    const {options} = chartConfig({...table, chart}, look, () => {});
    expect(options.plugins.legend.display).toBe(false);
    expect(options.scales.y.stacked).toBe(true);
});

test("a long label is shortened on the chart only", () => {
    expect(shortLabel("Kabupaten")).toBe("Kabupaten");
    expect(shortLabel("Kabupaten Karanganyar, Jawa Tengah")).toBe("Kabupaten Karanga…");
});
