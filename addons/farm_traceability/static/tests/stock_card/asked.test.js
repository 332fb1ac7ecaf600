import {describe, expect, test} from "@odoo/hoot";
import {asked} from "@farm_traceability/stock_card/asked";

const {DateTime} = luxon;

describe.current.tags("headless");

test("what stands in the fields is asked of the server", () => {
    expect(
        asked({
            product_ids: {currentIds: [3, 5]},
            lot_ids: {currentIds: []},
            owner_id: {id: 7, display_name: "Owner"},
            date_from: DateTime.fromISO("2026-06-15"),
            date_to: false,
            shows_inner: true,
            part: "lot",
        })
    ).toEqual({
        product_ids: [3, 5],
        lot_ids: [],
        owner_id: 7,
        date_from: "2026-06-15",
        date_to: false,
        shows_inner: true,
        part: "lot",
    });
});

test("what is not on the form is not asked", () => {
    expect(asked({})).toEqual({});
    expect(asked({owner_id: undefined})).toEqual({owner_id: false});
});
