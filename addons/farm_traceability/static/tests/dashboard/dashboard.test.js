import {
    contains,
    defineModels,
    getService,
    makeServerError,
    mockService,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {DashboardTile} from "@farm_traceability/dashboard/dashboard_tile/dashboard_tile";
import {WebClient} from "@web/webclient/webclient";
import {animationFrame} from "@odoo/hoot-mock";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

class FarmDashboard extends models.Model {
    _name = "farm.dashboard";
}

defineMailModels();
defineModels([FarmDashboard]);

const figure = (value, more = {}) => ({
    value,
    text: String(value),
    action: {type: "ir.actions.act_window", name: `at ${value}`},
    measure: "__count",
    label: "",
    tone: "",
    hint: "",
    ...more,
});

const tile = {
    key: "holds",
    title: "Holds",
    when: "Today",
    note: "",
    figures: [figure(2, {label: "Open holds", tone: "danger", hint: "Urgent"})],
    tables: [
        {
            caption: "kg",
            columns: ["Open holds", "Lots"],
            rows: [{label: "Quality", cells: [figure(1), null]}],
            chart: false,
        },
    ],
    empty: "",
};

const filters = {
    company_id: false,
    warehouse_id: false,
    crop_id: false,
    period: "month",
    begin: "2026-05-17",
    end: "2026-06-15",
};

const answer = (asked) => ({
    filters: {...filters, ...asked},
    options: {
        companies: [{id: 1, name: "UD Lawu"}],
        warehouses: [{id: 4, name: "Cold"}],
        crops: [{id: 7, name: "Raja"}],
        periods: [
            {id: "month", name: "30 days"},
            {id: "week", name: "7 days"},
        ],
    },
    summary: [["Crop", "All"]],
    tiles: [tile],
});

async function openDashboard() {
    await mountWithCleanup(WebClient);
    const action = {type: "ir.actions.client", tag: "farm_dashboard"};
    await getService("action").doAction(action);
    await animationFrame();
}

test("each figure is a button with its name that opens its action", async () => {
    mockService("action", {
        doAction(action) {
            expect.step(action.name);
        },
    });
    await mountWithCleanup(DashboardTile, {props: {tile}});
    expect(queryAllTexts("button")).toEqual(["2", "1"]);
    const names = queryOne("table button").getAttribute("aria-labelledby");
    const told = names.split(" ").map((id) => document.getElementById(id).textContent);
    expect(told.map((text) => text.trim())).toEqual(["Quality", "Open holds", "1"]);
    expect("button i[role=img][title=Urgent]").toHaveCount(1);
    await contains("table button").click();
    expect.verifySteps(["at 1"]);
});

test("an empty tile says so", async () => {
    const empty = {...tile, figures: [], tables: [], empty: "Nothing in stock."};
    await mountWithCleanup(DashboardTile, {props: {tile: empty}});
    expect(".o_farm_dashboard_empty").toHaveText("Nothing in stock.");
});

test("a chosen filter asks the server anew", async () => {
    onRpc("farm.dashboard", "get_dashboard", ({args}) => {
        expect.step(JSON.stringify(args[0]));
        return answer(args[0]);
    });
    await openDashboard();
    expect(".o_farm_dashboard_tile").toHaveCount(1);
    expect("select[name=company]").toHaveCount(0);
    await contains("select[name=crop]").select("7");
    await animationFrame();
    expect("select[name=crop]").toHaveValue("7");
    await contains("select[name=period]").select("week");
    await animationFrame();
    expect.verifySteps([
        "{}",
        JSON.stringify({...filters, crop_id: 7}),
        JSON.stringify({
            ...filters,
            crop_id: 7,
            period: "week",
            begin: false,
            end: false,
        }),
    ]);
});

test("the server's sentence is shown, and the filters stay", async () => {
    onRpc("farm.dashboard", "get_dashboard", ({args}) => {
        if (args[0].end === "2026-01-01") {
            throw makeServerError({message: "The period ends before it begins."});
        }
        return answer(args[0]);
    });
    await openDashboard();
    const whole = {instantly: true, confirm: "blur"};
    await contains("input[name=end]").edit("2026-01-01", whole);
    await animationFrame();
    expect(".alert span").toHaveText("The period ends before it begins.");
    expect(".o_farm_dashboard_tile").toHaveCount(0);
    expect("input[name=begin]").toHaveCount(1);
});
