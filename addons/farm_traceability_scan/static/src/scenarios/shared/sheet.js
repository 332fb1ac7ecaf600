/**
 * What the screen shows of a document: the server's sheet, and on top of it what was
 * scanned and waits for its answer. Sheets are never changed, only made anew.
 *
 * @typedef {Object} Effect what a scan does to the sheet, as far as the device can tell
 * @property {{line: number, quantity: number}[]} [takes]
 * @property {{location_id?: number, product_id?: number}} [context] for the next scans
 * @property {boolean} [isFinish]
 */

/** Decimals below which a difference is none. */
const SMALLEST = 1e-6;

/**
 * @param {Object} sheet
 * @param {Object[]} records that wait, in their order
 */
export function overlaid(sheet, records) {
    // At once: after a long time without network hundreds of them lie on the sheet.
    return withEffect(sheet, {
        takes: records.flatMap(({effect}) => effect?.takes ?? []),
    });
}

export function withEffect(sheet, effect) {
    if (!effect?.takes?.length) {
        return sheet;
    }
    const taken = new Map();
    for (const {line, quantity} of effect.takes) {
        taken.set(line, (taken.get(line) ?? 0) + quantity);
    }
    const lines = sheet.lines.map((line) =>
        taken.has(line.id)
            ? {...line, scanned: tidy(line.scanned + taken.get(line.id))}
            : line
    );
    return {...sheet, lines};
}

/** What takes an effect back. */
export function undone(effect) {
    const takes = effect?.takes ?? [];
    return {takes: takes.map(({line, quantity}) => ({line, quantity: -quantity}))};
}

export function leftOf({quantity, scanned}) {
    return Math.max(0, tidy(quantity - scanned));
}

export function isScanned(line) {
    return line.scanned >= line.quantity - SMALLEST;
}

export function isMore(one, other) {
    return one > other + SMALLEST;
}

/** Lines of which less was scanned than is asked for. */
export function shortOf(sheet) {
    return sheet.lines.filter((line) => !isScanned(line));
}

/** @returns {{scanned: number, all: number}} lines */
export function progressOf(sheet) {
    const {lines} = sheet;
    return {scanned: lines.filter(isScanned).length, all: lines.length};
}

/** Sums of floats without their last digits of dirt. */
function tidy(number) {
    return Math.round(number * 1e6) / 1e6;
}
