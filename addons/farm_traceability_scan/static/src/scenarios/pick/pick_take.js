import {asGtin14} from "../../reading/check_digit";
import {isAlike, isMore, isScanned, leftOf} from "../shared/sheet";

/**
 * What is taken of a lot, or of a product without lots.
 *
 * @param {Object} asked `sheet`, `context`, `look`, `typed`, `meaning`, `productId` and
 *  `lotId`, null for a product without lots
 * @returns {import("./pick_local").Outcome}
 */
export function take({sheet, context, look, typed, productId, lotId, meaning}) {
    const lines = linesFor(sheet, productId, lotId, context);
    const [line] = lines;
    if (!line) {
        // Instead of another lot of it: whether that may be, the server knows.
        const isLeft = sheet.lines.some(
            (one) => one.product.id === productId && !isScanned(one)
        );
        return isLeft ? {kind: "ask"} : {kind: "full", name: meaning.name};
    }
    const quantity = quantityOf(line, look, typed, matchedPack(line, look));
    if (quantity === null) {
        return {kind: "ask"};
    }
    return taken(lines, quantity, meaning.name);
}

/** By touch: of this line, and of those that lie together with it. */
export function takeLine(sheet, line, quantity) {
    const others = sheet.lines.filter((one) => one.id !== line.id && !isScanned(one));
    const lines = [line, ...others.filter((one) => isAlike(one, line))];
    return taken(lines, quantity, (line.lot ?? line.product).name);
}

/** A quantity goes onto the first line, and what is more onto the next. */
function taken(lines, quantity, name) {
    const [line] = lines;
    const left = lines.reduce((sum, one) => sum + leftOf(one), 0);
    if (isMore(quantity, left)) {
        return {kind: "many", line, left, quantity, name};
    }
    const parts = [];
    let rest = quantity;
    for (const one of lines) {
        const part = Math.min(rest, leftOf(one));
        rest -= part;
        if (isMore(part, 0)) {
            parts.push({line: one, quantity: part});
        }
    }
    const effect = {
        takes: parts.map((part) => ({line: part.line.id, quantity: part.quantity})),
        context: {location_id: line.location.id, product_id: null, picking_id: null},
    };
    return {kind: "take", line, quantity, parts, name, effect};
}

/**
 * As the server chooses them: this lot's lines first, of the transfer that was scanned,
 * then those at the place scanned; and those that lie together with the first.
 */
function linesFor(sheet, productId, lotId, {location_id, picking_id}) {
    const lines = sheet.lines.filter(
        (line) =>
            line.product.id === productId &&
            !isScanned(line) &&
            (!picking_id || line.into?.id === picking_id) &&
            (line.lot?.id ?? null) === (lotId ?? line.lot?.id ?? null)
    );
    const first = lines.find((line) => line.location.id === location_id) ?? lines[0];
    const others = lines.filter((line) => line !== first && isAlike(line, first));
    return first ? [first, ...others] : [];
}

/** How many the packaging holds whose barcode was scanned; null if it is none. */
function matchedPack({product}, {text, keys}) {
    const gtin = keys.gtin ?? keys.content;
    for (const [code, held] of Object.entries(product.packs ?? {})) {
        const isGtin = gtin && /^\d{8,14}$/.test(code) && asGtin14(code) === gtin;
        if (isGtin || code === text) {
            return held;
        }
    }
    return null;
}

/**
 * In the unit of the line: typed, else what the symbol says, else one of what is
 * counted and all of what is weighed. Null where the sheet does not say which it is.
 */
function quantityOf(line, {count, weight}, typed, pack) {
    if (typed !== null) {
        return typed;
    }
    if (line.kilo === undefined) {
        return null;
    }
    if (weight !== null && line.kilo) {
        return line.kilo * weight;
    }
    if (count !== null && !line.kilo) {
        return count * (pack ?? line.one);
    }
    if (pack !== null) {
        return pack;
    }
    return line.is_counted ? Math.min(line.one, leftOf(line)) : leftOf(line);
}
