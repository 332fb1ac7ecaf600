import {asGtin14} from "../../reading/check_digit";
import {isScanned, leftOf} from "../shared/sheet";
import {take} from "./pick_take";

/**
 * Picking, as far as the device can tell without the server. Order-free: the place, the
 * product and the lot come in any order, or all in one symbol.
 *
 * @typedef {Object} Outcome
 * @property {"take"|"place"|"product"|"box"|"package"|"same"|"full"|"many"|"ask"} kind
 *  `take`: of a lot or a product; `place`, `product`: named, and now the lot; `box`: a
 *  transfer of a batch, and now what goes into it;
 *  `package`: all that lies in it; `same`: the document that is open; `full`: all of it
 *  is taken; `many`: more than is left; `ask`: only the server can tell
 * @property {Object} [line] that is meant
 * @property {number} [quantity] in the unit of the line
 * @property {{line: Object, quantity: number}[]} [parts] of what is taken, by lines
 * @property {string} [name] of what was scanned
 * @property {Object} [effect] see `sheet.js`
 */

const ASK = {kind: "ask"};

/**
 * @param {Object} sheet as it is shown
 * @param {{location_id?: number, product_id?: number, picking_id?: number}} context
 *  scanned before
 * @param {import("../../reading/look").Look} look
 * @param {number|null} typed a quantity
 * @returns {Outcome}
 */
export function resolvePick(sheet, context, look, typed = null) {
    const found = meaningsOf(sheet, look);
    const meanings = found.length > 1 ? ofProduct(found, context.product_id) : found;
    if (meanings.length !== 1) {
        return ASK;
    }
    const [meaning] = meanings;
    return outcomeOf({sheet, context, look, typed, meaning});
}

/** The line to be taken next: at the place and of the product that were scanned. */
export function nextLine(sheet, {location_id, product_id, picking_id}) {
    const open = sheet.lines.filter((line) => !isScanned(line));
    const inBox = open.filter((line) => line.into?.id === picking_id);
    const left = inBox.length ? inBox : open;
    return (
        left.find(
            (line) => line.location.id === location_id && isOf(line, product_id)
        ) ??
        left.find((line) => line.location.id === location_id) ??
        left.find((line) => line.product.id === product_id) ??
        left[0]
    );
}

function isOf(line, productId) {
    return !productId || line.product.id === productId;
}

// -- what a scan may mean ---------------------------------------------------------

function meaningsOf(sheet, {kind, text, keys}) {
    if (kind === "unread") {
        return [];
    }
    if (keys.sscc) {
        return packagesOf(sheet, keys.sscc);
    }
    const gtin = keys.gtin ?? keys.content;
    const name = keys.serial ?? keys.lot;
    if (gtin && name) {
        const products = productsOfGtin(sheet, gtin);
        const lots = lotsOf(sheet, (lot) => lot === name);
        return lots.filter((lot) => products.some((one) => one.id === lot.productId));
    }
    if (gtin) {
        // Digits may also be the name of a lot, or of a place.
        return [...productsOfGtin(sheet, gtin), ...namedThings(sheet, sameAs(text))];
    }
    if (name) {
        return lotsOf(sheet, (lot) => lot === name);
    }
    if (kind !== "text") {
        return [];
    }
    const exact = textMeanings(sheet, text, sameAs(text));
    return exact.length ? exact : textMeanings(sheet, text, sameLetters(text));
}

function textMeanings(sheet, text, isName) {
    return [...namedThings(sheet, isName), ...productsOf(sheet, isName)];
}

function namedThings(sheet, isName) {
    return unique([
        ...documentOf(sheet, isName),
        ...lotsOf(sheet, isName),
        ...linesAs(sheet, "place", ({location}) =>
            isName(location.barcode) || isName(location.name) ? location : null
        ),
        ...linesAs(sheet, "package", (line) =>
            isName(line.package) ? {id: line.package, name: line.package} : null
        ),
        ...linesAs(sheet, "box", ({into}) => (isName(into?.name) ? into : null)),
    ]);
}

function documentOf({document}, isName) {
    return isName(document.name)
        ? [{kind: "same", id: document.id, name: document.name}]
        : [];
}

function lotsOf(sheet, isName) {
    return linesAs(sheet, "lot", ({lot, product}) =>
        lot && isName(lot.name) ? {...lot, productId: product.id} : null
    );
}

function packagesOf(sheet, sscc) {
    return linesAs(sheet, "package", (line) =>
        line.package && [line.package, line.sscc].includes(sscc)
            ? {id: line.package, name: line.package}
            : null
    );
}

function productsOf(sheet, isCode) {
    return linesAs(sheet, "product", ({product}) =>
        product.barcodes.some(isCode) ? product : null
    );
}

function productsOfGtin(sheet, gtin) {
    return productsOf(
        sheet,
        (code) => /^\d{8,14}$/.test(code) && asGtin14(code) === gtin
    );
}

/** What lines have that fits, each once. */
function linesAs(sheet, kind, pick) {
    const found = sheet.lines.map(pick).filter(Boolean);
    return unique(found.map((one) => ({...one, kind})));
}

function unique(meanings) {
    const byKey = new Map(meanings.map((one) => [`${one.kind},${one.id}`, one]));
    return [...byKey.values()];
}

function sameAs(text) {
    return (name) => Boolean(name) && name === text;
}

function sameLetters(text) {
    const lower = text.toLowerCase();
    return (name) => Boolean(name) && name.toLowerCase() === lower;
}

function ofProduct(meanings, productId) {
    const fitting = meanings.filter((one) =>
        [productId, undefined].includes(one.productId)
    );
    return productId && fitting.length ? fitting : meanings;
}

// -- what it does -----------------------------------------------------------------

function outcomeOf(asked) {
    const {meaning} = asked;
    switch (meaning.kind) {
        case "same":
            return {kind: "same", name: meaning.name};
        case "place":
            return atPlace(asked);
        case "package":
            return takePackage(asked);
        case "box":
            return {
                kind: "box",
                name: meaning.name,
                effect: {context: {picking_id: meaning.id}},
            };
        case "product":
            return meaning.tracking === "none"
                ? take({...asked, productId: meaning.id, lotId: null})
                : nameProduct(asked.sheet, meaning);
        default:
            return take({...asked, productId: meaning.productId, lotId: meaning.id});
    }
}

function atPlace({sheet, meaning}) {
    const isHere = (line) => line.location.id === meaning.id && !isScanned(line);
    if (!sheet.lines.some(isHere)) {
        return {kind: "full", name: meaning.name};
    }
    const effect = {context: {location_id: meaning.id}};
    return {kind: "place", name: meaning.name, effect};
}

function nameProduct(sheet, product) {
    const line = sheet.lines.find(
        (one) => one.product.id === product.id && !isScanned(one)
    );
    if (!line) {
        return {kind: "full", name: product.name};
    }
    return {
        kind: "product",
        name: product.name,
        line,
        effect: {context: {product_id: product.id}},
    };
}

function takePackage({sheet, meaning}) {
    const lines = sheet.lines.filter(
        (one) => one.package === meaning.id && !isScanned(one)
    );
    if (!lines.length) {
        return {kind: "full", name: meaning.name};
    }
    const takes = lines.map((line) => ({line: line.id, quantity: leftOf(line)}));
    return {kind: "package", name: meaning.name, effect: {takes}};
}
