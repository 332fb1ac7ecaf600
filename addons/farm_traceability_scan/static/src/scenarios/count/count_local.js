import {itemOf, symbolQuantity} from "../shared/items";

/**
 * Counting, as far as the device can tell without the server: scans of lots that are
 * known to lie here count up at once.
 *
 * @typedef {Object} Outcome
 * @property {"product"|"count"|"amount"|"same"|"ask"} kind `product`: named, and now its
 *  lot; `amount`: how much of it is to be said; `same`: the place that is counted
 * @property {Object} [line] that is counted
 * @property {number} [counted] what it comes to
 * @property {Object} [effect] see `sheet.js`; `takes` says by how much a count changes,
 *  `recount` which line begins anew
 */

const ASK = {kind: "ask"};

/**
 * The sheet with what waits on top of it.
 *
 * @param {Object} sheet of the server; `counted` of a line is null before its count
 * @param {Object[]} records that wait
 */
export function countedSheet(sheet, records = []) {
    const lines = records.reduce(
        (shown, {effect}) => shown.map((line) => withEffect(line, effect)),
        sheet.lines
    );
    return {...sheet, lines: lines.map((line) => withDifference(line))};
}

function withEffect(line, effect) {
    if (effect?.recount === line.id) {
        return {...line, counted: null};
    }
    const takes = (effect?.takes ?? []).filter((one) => one.line === line.id);
    return takes.reduce(
        (shown, {quantity}) => ({
            ...shown,
            counted: tidy((shown.counted ?? 0) + quantity),
        }),
        line
    );
}

/** Where the count is not blind. */
function withDifference(line) {
    const {counted, quantity} = line;
    if (quantity === undefined) {
        return line;
    }
    return {...line, difference: counted === null ? null : tidy(counted - quantity)};
}

/**
 * @param {Object} sheet as it is shown
 * @param {{product_id?: number}} context scanned before
 * @param {import("../../reading/look").Look} look
 * @param {number|null} typed what it comes to
 * @returns {Outcome}
 */
export function resolveCount(sheet, context, look, typed = null) {
    if (isPlace(sheet, look)) {
        return {kind: "same", name: sheet.document.name};
    }
    const item = itemOf(look, groupsOf(sheet), context.product_id);
    if (!item) {
        return ASK;
    }
    const {product} = item.group;
    if (product.tracking !== "none" && !item.lotName) {
        const effect = {context: {product_id: product.id}};
        return {kind: "product", name: product.name, effect};
    }
    const line = item.lotName ? item.lot?.line : item.group.line;
    return line ? count(line, look, typed) : ASK;
}

function count(line, look, typed) {
    const name = nameOf(line);
    const {product} = line;
    const measures = {kilo: product.kilo, packs: product.packs, one: 1};
    const more = symbolQuantity(look, measures) ?? (product.is_counted ? 1 : null);
    if (typed === null && more === null) {
        return {kind: "amount", line, name};
    }
    const counted = typed ?? tidy((line.counted ?? 0) + more);
    return {kind: "count", line, name, counted, effect: effectOf(line, counted)};
}

export function nameOf({lot, product}) {
    return lot ? lot.name : product.name;
}

/**
 * What a bunch comes to by the number of its hands.
 *
 * @returns {number|null} null where the device does not know what a hand weighs
 */
export function handsCount({quantity, hands: all}, hands) {
    const isKnown = quantity > 0 && all > 0;
    return isKnown ? Math.round((quantity / all) * hands * 100) / 100 : null;
}

/** What a count changes, so that what waits adds up in any order. */
export function effectOf(line, counted) {
    return {
        takes: [{line: line.id, quantity: tidy(counted - (line.counted ?? 0))}],
        context: {product_id: null},
    };
}

/** Lots outside of packages, of nobody else: as the server counts them. */
function groupsOf({lines}) {
    const groups = new Map();
    for (const line of [...lines].sort(byLooseness)) {
        const {product, lot} = line;
        const group = groups.get(product.id) ?? {product, lots: []};
        groups.set(product.id, group);
        if (!lot) {
            group.line ??= line;
        } else if (!group.lots.some(({name}) => name === lot.name)) {
            group.lots.push({name: lot.name, line});
        }
    }
    return [...groups.values()];
}

function byLooseness(one, other) {
    return (
        Boolean(one.package) - Boolean(other.package) ||
        Boolean(one.owner) - Boolean(other.owner) ||
        one.id - other.id
    );
}

function isPlace({document}, {kind, text}) {
    const isText = kind === "text" && Boolean(text);
    return isText && [document.name, document.barcode].includes(text);
}

function tidy(number) {
    return Math.round(number * 1e6) / 1e6;
}
