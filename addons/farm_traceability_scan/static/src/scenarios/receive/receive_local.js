import {itemOf, symbolQuantity} from "../shared/items";
import {isMore} from "../shared/sheet";

/**
 * Receiving, as far as the device can tell without the server.
 *
 * @typedef {Object} Outcome
 * @property {"product"|"receive"|"amount"|"ask"} kind `product`: named, and now its lot;
 *  `amount`: how much of it is to be said first; `ask`: only the server can tell
 * @property {Object} [group] see `arrivalsOf`
 * @property {string} [name] of what was scanned
 * @property {number} [quantity] in the unit of the group
 * @property {Object} [effect] see `sheet.js`; a line is told by `keyOf`, as that of a new
 *  lot has no number yet
 */

const ASK = {kind: "ask"};

export function keyOf(productId, lotName) {
    return `${productId}/${lotName}`;
}

/**
 * What came and what is expected, product by product.
 *
 * @param {Object} sheet of the server
 * @param {Object[]} records that wait for their answer
 * @returns {Object[]} groups: `product`, `unit`, `kilo`, `one`, `packs`, `isCounted`,
 *  `came`, `expected`, and `lots` with `key`, `name`, `came`, `expected`, `expiry`,
 *  `packed`; quantities in the unit of the receipt's lines
 */
export function arrivalsOf({lines}, records = []) {
    const groups = new Map();
    for (const line of lines) {
        const {id} = line.product;
        groups.set(id, withLine(groups.get(id) ?? groupOf(line), line));
    }
    for (const {effect} of records) {
        for (const {line, quantity} of effect?.takes ?? []) {
            arrive(groups, line, quantity);
        }
    }
    return [...groups.values()];
}

function groupOf({product, unit, kilo, one}) {
    const {id, packs, is_counted: isCounted} = product;
    const rest = {came: 0, expected: 0, lots: []};
    return {id, product, unit, kilo, one, packs, isCounted, ...rest};
}

function withLine(group, line) {
    const {quantity, scanned, lot_name: name, expiry, packed} = line;
    const expected = tidy(group.expected + Math.max(quantity, scanned));
    const came = tidy(group.came + scanned);
    const lots = name
        ? [
              ...group.lots,
              lotOf(group.id, name, {came: scanned, quantity, expiry, packed}),
          ]
        : group.lots;
    return {...group, expected, came, lots};
}

function lotOf(productId, name, {came, quantity = 0, expiry = "", packed = ""}) {
    const key = keyOf(productId, name);
    return {key, name, came, expected: quantity, expiry, packed};
}

/** A quantity that waits for its answer. */
function arrive(groups, key, quantity) {
    const [, productId, name] = /^(\d+)\/(.*)$/s.exec(key);
    const group = groups.get(Number(productId));
    if (!group) {
        return;
    }
    const came = tidy(group.came + quantity);
    const isKnown = group.lots.some((lot) => lot.key === key);
    const known =
        isKnown || !name
            ? group.lots
            : [...group.lots, lotOf(group.id, name, {came: 0})];
    const lots = known.map((lot) =>
        lot.key === key ? {...lot, came: tidy(lot.came + quantity)} : lot
    );
    const expected = Math.max(group.expected, came);
    groups.set(group.id, {...group, came, expected, lots});
}

/**
 * @param {Object} state
 * @param {Object[]} state.groups
 * @param {boolean} state.isAnnounced whether more than is expected has to be asked
 * @param {number|null} state.productId scanned just before
 * @param {import("../../reading/look").Look} look
 * @param {number|null} typed in the unit of the group
 * @returns {Outcome}
 */
export function resolveReceive({groups, isAnnounced, productId}, look, typed = null) {
    const item = itemOf(look, groups, productId);
    if (!item) {
        return unknown(groups, productId, look, typed);
    }
    const {group, lotName} = item;
    const isTracked = group.product.tracking !== "none";
    if (isTracked && !lotName) {
        const effect = {context: {product_id: group.id}};
        return {kind: "product", group, name: group.product.name, effect};
    }
    if (!isTracked && lotName) {
        return ASK;
    }
    return receive({group, lotName, isAnnounced}, look, typed);
}

/** A lot of a product that is weighed, or of which nothing is known: how much of it? */
function unknown(groups, productId, look, typed) {
    const isOfProduct = Boolean(productId) && look.kind === "text";
    const isLot = Boolean(look.keys.lot && (look.keys.gtin || look.keys.content));
    const hasAmount = typed !== null || look.weight !== null || look.count !== null;
    const group = groups.find(({id}) => id === productId);
    if (hasAmount || !(isOfProduct || isLot) || (isOfProduct && group?.isCounted)) {
        return ASK;
    }
    const name = look.keys.lot ?? look.text;
    return {kind: "amount", group: isOfProduct ? group : undefined, name};
}

function receive({group, lotName, isAnnounced}, look, typed) {
    const name = lotName || group.product.name;
    const quantity =
        typed ?? symbolQuantity(look, group) ?? (group.isCounted ? group.one : null);
    if (quantity === null) {
        return {kind: "amount", group, name};
    }
    if (isAnnounced && isMore(quantity, group.expected - group.came)) {
        return ASK;
    }
    return {
        kind: "receive",
        group,
        name,
        quantity,
        effect: {
            takes: [{line: keyOf(group.id, lotName), quantity}],
            context: {product_id: group.id},
        },
    };
}

function tidy(number) {
    return Math.round(number * 1e6) / 1e6;
}
