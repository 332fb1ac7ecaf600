import {asGtin14} from "../../reading/check_digit";

/**
 * Which item a scan names, among those that the device knows.
 *
 * @typedef {Object} Group a product and its lots, with what a scenario needs of them
 * @property {Object} product
 * @property {{name: string}[]} lots
 *
 * @param {import("../../reading/look").Look} look
 * @param {Group[]} groups
 * @param {number|null} [productId] scanned just before
 * @returns {{group: Group, lotName: string, lot?: Object}|null} `lotName` is empty for a
 *  product alone; null where only the server can tell
 */
export function itemOf(look, groups, productId = null) {
    const {kind, text, keys} = look;
    if (kind === "unread" || keys.sscc) {
        return null;
    }
    const gtin = keys.gtin ?? keys.content;
    const name = keys.serial ?? keys.lot;
    if (gtin && name) {
        return only(ofGtin(groups, gtin).map((group) => ofLot(group, name)));
    }
    if (gtin) {
        // Digits may also be the name of a lot.
        const products = ofGtin(groups, gtin).map((group) => ({group, lotName: ""}));
        return only([...products, ...lotsOf(groups, same(text))]);
    }
    if (name) {
        return only(preferred(lotsOf(groups, same(name)), productId));
    }
    if (kind !== "text") {
        return null;
    }
    const exact = ofText(groups, same(text));
    const found = exact.length ? exact : ofText(groups, sameLetters(text));
    return only(preferred(found, productId));
}

/**
 * What a symbol says of the quantity: its weight for what is weighed, else its count.
 *
 * @param {{kilo: number, one: number, packs: Object}} measures in the unit that is asked
 *  for: a kilogram (0 for what is not weighed), a piece, and each packaging by barcode
 * @returns {number|null}
 */
export function symbolQuantity(look, {kilo, one, packs}) {
    const pack = packOf(look, packs);
    if (look.weight !== null && kilo) {
        return kilo * look.weight;
    }
    if (look.count !== null && !kilo) {
        return look.count * (pack ?? one);
    }
    return pack;
}

function packOf({text, keys}, packs = {}) {
    const gtin = keys.gtin ?? keys.content;
    const found = Object.entries(packs).find(
        ([code]) => code === text || isGtin(code, gtin)
    );
    return found ? found[1] : null;
}

function isGtin(code, gtin) {
    return Boolean(gtin) && /^\d{8,14}$/.test(code) && asGtin14(code) === gtin;
}

function ofGtin(groups, gtin) {
    return groups.filter(({product}) =>
        product.barcodes.some((code) => isGtin(code, gtin))
    );
}

function ofText(groups, isName) {
    const products = groups.filter(({product}) => product.barcodes.some(isName));
    return [
        ...products.map((group) => ({group, lotName: ""})),
        ...lotsOf(groups, isName),
    ];
}

function lotsOf(groups, isName) {
    return groups.flatMap((group) =>
        group.lots
            .filter(({name}) => isName(name))
            .map((lot) => ({group, lot, lotName: lot.name}))
    );
}

function ofLot(group, lotName) {
    return {group, lotName, lot: group.lots.find(({name}) => name === lotName)};
}

function preferred(found, productId) {
    const fitting = found.filter(({group}) => group.product.id === productId);
    return fitting.length ? fitting : found;
}

function only(found) {
    return found.length === 1 ? found[0] : null;
}

function same(text) {
    return (name) => Boolean(name) && name === text;
}

function sameLetters(text) {
    const lower = text.toLowerCase();
    return (name) => Boolean(name) && name.toLowerCase() === lower;
}
