/**
 * What the screen shows of a document: the server's sheet, and on top of it what was
 * scanned and waits for its answer. Sheets are never changed, only made anew.
 *
 * @typedef {Object} Effect what a scan does to the sheet, as far as the device can tell
 * @property {{line: number, quantity: number}[]} [takes]
 * @property {{location_id?: number, product_id?: number}} [context] for the next scans
 * @property {boolean} [isPack] all that is loose is packed
 * @property {string} [unpack] name of a package that is undone
 * @property {boolean} [isFinish]
 */

/** In place of the name of a package that only the server can give. */
const NAMELESS = "…";

/** Decimals below which a difference is none. */
const SMALLEST = 1e-6;

/**
 * @param {Object} sheet
 * @param {Object[]} records that wait, in their order
 */
export function overlaid(sheet, records) {
    return inRuns(records).reduce(withEffect, sheet);
}

/** Takes at once: after a long time without network hundreds of them lie on a sheet. */
function inRuns(records) {
    const runs = [];
    for (const {effect} of records) {
        const isTakes = !effect?.isPack && !effect?.unpack;
        const last = runs.at(-1);
        if (isTakes && last?.isTakes) {
            last.takes.push(...(effect?.takes ?? []));
        } else {
            runs.push(isTakes ? {isTakes, takes: [...(effect?.takes ?? [])]} : effect);
        }
    }
    return runs;
}

export function withEffect(sheet, effect) {
    if (effect?.isPack) {
        return {...sheet, lines: sheet.lines.flatMap(packed)};
    }
    if (effect?.unpack) {
        const lines = sheet.lines.map((line) =>
            line.packed === effect.unpack ? {...line, packed: ""} : line
        );
        return {...sheet, lines};
    }
    return effect?.takes?.length ? withTakes(sheet, effect.takes) : sheet;
}

function withTakes(sheet, takes) {
    const taken = new Map();
    for (const {line, quantity} of takes) {
        const id = quantity > 0 ? openLineId(sheet, line) : line;
        taken.set(id, (taken.get(id) ?? 0) + quantity);
    }
    const lines = sheet.lines.map((line) =>
        taken.has(line.id)
            ? {...line, scanned: tidy(line.scanned + taken.get(line.id))}
            : line
    );
    return {...sheet, lines};
}

/** What is scanned of a line is packed; the rest of it stays loose. */
function packed(line) {
    if (!line.scanned || line.packed) {
        return [line];
    }
    const rest = {...line, id: -line.id, quantity: leftOf(line), scanned: 0};
    const full = {...line, quantity: line.scanned, packed: NAMELESS};
    return rest.quantity ? [full, rest] : [full];
}

/** What was scanned while its line was being packed is of the loose rest of it. */
function openLineId({lines}, id) {
    const line =
        lines.find((one) => one.id === id) ?? lines.find((one) => one.id === -id);
    const rest = line?.packed && lines.find((one) => !one.packed && isAlike(one, line));
    return rest ? rest.id : id;
}

/** Whether two lines lie together: one hand takes of both at once. */
export function isAlike(one, other) {
    return (
        one.product.id === other.product.id &&
        (one.lot?.id ?? null) === (other.lot?.id ?? null) &&
        one.location.id === other.location.id &&
        one.package === other.package &&
        one.unit === other.unit
    );
}

/**
 * What takes an effect back.
 *
 * @param {Effect} effect
 * @param {Object} [answer] the server's, if there is one
 */
export function undone(effect, answer) {
    if (effect?.isPack) {
        return {takes: [], unpack: answer?.package?.name ?? NAMELESS};
    }
    const takes = effect?.takes ?? [];
    return {takes: takes.map(({line, quantity}) => ({line, quantity: -quantity}))};
}

export function leftOf({quantity, scanned}) {
    return Math.max(0, tidy(quantity - scanned));
}

/** Nothing more goes onto a line that is packed. */
export function isScanned(line) {
    return Boolean(line.packed) || line.scanned >= line.quantity - SMALLEST;
}

export function isMore(one, other) {
    return one > other + SMALLEST;
}

/** Lines of which less was scanned than is asked for. */
export function shortOf(sheet) {
    return sheet.lines.filter((line) => !isScanned(line));
}

/** @returns {{done: number, all: number}} lines */
export function progressOf(sheet) {
    const {lines} = sheet;
    return {done: lines.filter(isScanned).length, all: lines.length};
}

/** Sums of floats without their last digits of dirt. */
function tidy(number) {
    return Math.round(number * 1e6) / 1e6;
}
