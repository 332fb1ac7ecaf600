import {itemOf, symbolQuantity} from "../shared/items";
import {isMore, isScanned} from "../shared/sheet";

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
/** In place of the name of a package that only the server can give. */
const NAMELESS = "…";

export function keyOf(productId, lotName) {
    return `${productId}/${lotName}`;
}

/**
 * What came and what is expected, product by product.
 *
 * @param {Object} sheet of the server
 * @param {Object[]} records that wait for their answer
 * @returns {Object[]} groups: `product`, `unit`, `kilo`, `one`, `packs`, `isCounted`,
 *  `came`, `loose` (of it in no package), `expected` (0 for what nobody announced), and
 *  `lots`; quantities in the unit of the product. A row of `lots` has `key`, `name`,
 *  `came`, `expiry`, and `packed`, the name of its package: what is packed has rows of
 *  its own, more of the same lot goes onto the loose one.
 */
export function arrivalsOf({lines, expected = []}, records = []) {
    const groups = new Map();
    for (const {product, quantity} of expected) {
        groups.set(product.id, groupOf(product, quantity));
    }
    for (const line of lines) {
        const {product} = line;
        const group = groups.get(product.id) ?? groupOf(product, 0);
        groups.set(product.id, withLine(group, line));
    }
    const takenBack = new Set(records.map(({sent}) => sent?.of).filter(Boolean));
    for (const {sent, effect} of records) {
        for (const {line, quantity} of effect?.takes ?? []) {
            arrive(groups, line, quantity);
        }
        if (sent?.kind === "pack" && !takenBack.has(sent.uuid)) {
            groups.forEach((group, id) => groups.set(id, withPack(group, sent.uuid)));
        }
    }
    return [...groups.values()];
}

function groupOf(product, expected) {
    const {id, unit, kilo, packs, is_counted: isCounted} = product;
    const none = {came: 0, loose: 0, lots: []};
    return {id, product, unit, kilo, one: 1, packs, isCounted, expected, ...none};
}

function withLine(group, {id, lot_name: name, scanned, expiry, packed}) {
    const key = packed ? `packed/${id}` : keyOf(group.id, name);
    const row = {key, name, came: scanned, expiry, packed};
    const loose = packed ? group.loose : tidy(group.loose + scanned);
    const lots = name || packed ? withRow(group.lots, row) : group.lots;
    return {...group, came: tidy(group.came + scanned), loose, lots};
}

/** A lot may have several loose lines, of the office or of two pickers. */
function withRow(rows, row) {
    if (!rows.some(({key}) => key === row.key)) {
        return [...rows, row];
    }
    return rows.map((one) =>
        one.key === row.key ? {...one, came: tidy(one.came + row.came)} : one
    );
}

/** A quantity that waits for its answer. */
function arrive(groups, key, quantity) {
    const [, productId, name] = /^(\d+)\/(.*)$/s.exec(key);
    const group = groups.get(Number(productId));
    if (!group) {
        return;
    }
    const expiry = group.lots.find((lot) => lot.name === name)?.expiry ?? "";
    const row = {key, name, came: quantity, expiry, packed: ""};
    groups.set(group.id, {
        ...group,
        came: tidy(group.came + quantity),
        loose: tidy(group.loose + quantity),
        lots: name ? withRow(group.lots, row) : group.lots,
    });
}

/** All that is loose goes into a package that has no name yet. */
function withPack(group, uuid) {
    if (group.loose <= 0) {
        return group;
    }
    const isLoose = ({packed, came}) => !packed && came > 0;
    const pack = (row) => ({...row, key: `${uuid}/${row.key}`, packed: NAMELESS});
    const lots = group.lots.length
        ? group.lots.map((row) => (isLoose(row) ? pack(row) : row))
        : [pack({key: keyOf(group.id, ""), name: "", came: group.loose, expiry: ""})];
    return {...group, loose: 0, lots};
}

/** Each lot once, whether it is packed, loose or both: a scan names the lot. */
function byName(groups) {
    return groups.map((group) => {
        const lots = new Map(group.lots.map((lot) => [lot.name, lot]));
        return {...group, lots: [...lots.values()]};
    });
}

export function isComplete({came, expected}) {
    return came > 0 && isScanned({scanned: came, quantity: expected});
}

/**
 * How many labels are suggested of a lot: one for each piece that came of it, and one
 * of what is weighed.
 */
export function labelsOf({product, isCounted, lots}, {name}) {
    if (!isCounted || product.tracking !== "lot") {
        return 1;
    }
    const rows = lots.filter((lot) => lot.name === name);
    return Math.max(1, Math.ceil(rows.reduce((sum, {came}) => sum + came, 0)));
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
    const item = itemOf(look, byName(groups), productId);
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

/**
 * By touch: some of what is shown is received, as if it was scanned.
 *
 * @param {Object} shown `group`, and its `lot` if it has lots
 * @param {number} quantity in the unit of the group
 * @param {boolean} isAnnounced
 * @returns {{text: string, outcome: Outcome, more: Object}} `more` for the event
 */
export function touched({group, lot}, quantity, isAnnounced) {
    const {id, product, expected, came} = group;
    const lotName = lot?.name ?? "";
    const isAsked = isAnnounced && isMore(quantity, expected - came);
    const effect = {
        takes: [{line: keyOf(id, lotName), quantity}],
        context: {product_id: id},
    };
    const name = lotName || product.name;
    return {
        text: lotName || product.barcodes[0] || product.name,
        outcome: isAsked
            ? {kind: "ask", group}
            : {kind: "receive", group, name, quantity, effect},
        more: {
            product_id: id,
            choice: lotName ? undefined : `product,${id}`,
            by: "touch",
        },
    };
}

function tidy(number) {
    return Math.round(number * 1e6) / 1e6;
}
