import {getColor} from "@web/core/colors/colors";

const LONGEST_LABEL = 18;

/** A label that leaves room for the bars; the table has all of it. */
export function shortLabel(label) {
    return label.length > LONGEST_LABEL
        ? `${label.slice(0, LONGEST_LABEL - 1).trimEnd()}…`
        : label;
}

/**
 * The figure of a bar.
 *
 * @param {Object} table of the server
 * @param {Number} dataset number of the bar's set
 * @param {Number} index number of the bar in it
 */
export function figureAt(table, dataset, index) {
    return table.rows[index].cells[table.chart.draws[dataset]];
}

/**
 * A table as Chart.js draws it: a set of bars for each drawn column.
 *
 * @param {Object} table of the server
 * @param {Object} look `text` and `grid` colours, the colour `scheme`, the `locale`
 * @param {Function} open called with the figure of a bar that is clicked
 */
export function chartConfig(table, look, open) {
    const {draws, stacked, horizontal} = table.chart;
    const datasets = draws.map((column, number) => ({
        label: table.columns[column],
        data: table.rows.map((row) => row.cells[column]?.value || 0),
        backgroundColor: getColor(number, look.scheme, draws.length),
        maxBarThickness: 36,
    }));
    const [along, across] = horizontal ? ["y", "x"] : ["x", "y"];
    return {
        type: table.chart.kind,
        data: {labels: table.rows.map((row) => row.label), datasets},
        options: {
            animation: false,
            responsive: true,
            maintainAspectRatio: false,
            indexAxis: along,
            color: look.text,
            locale: look.locale,
            onClick: (_event, [bar]) =>
                bar && open(figureAt(table, bar.datasetIndex, bar.index)),
            onHover: (event, bars) => {
                event.native.target.style.cursor = bars.length ? "pointer" : "";
            },
            plugins: {
                legend: {
                    display: draws.length > 1,
                    position: "bottom",
                    labels: {boxWidth: 12, color: look.text},
                },
                tooltip: {
                    callbacks: {
                        label: ({datasetIndex, dataIndex}) =>
                            figureAt(table, datasetIndex, dataIndex)?.text,
                    },
                },
            },
            scales: {
                [along]: {
                    stacked: Boolean(stacked),
                    ticks: {
                        color: look.text,
                        callback: (_value, row) => shortLabel(table.rows[row].label),
                    },
                    grid: {display: false},
                },
                [across]: {
                    stacked: Boolean(stacked),
                    beginAtZero: true,
                    ticks: {color: look.text, precision: 0, maxTicksLimit: 6},
                    grid: {color: look.grid},
                },
            },
        },
    };
}
