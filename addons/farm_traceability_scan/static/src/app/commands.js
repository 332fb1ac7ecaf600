/**
 * Codes that are scanned in place of a button: `FARM:FINISH`, `FARM:UNDO`, `FARM:OK`,
 * `FARM:BACK`, `FARM:LIST`, `FARM:LOG`, `FARM:PACK`, `FARM:NEW`, `FARM:OPEN`,
 * `FARM:LABEL`, `FARM:LABEL:3`, `FARM:RECOUNT`, `FARM:HANDS:6`, `FARM:QTY:12`,
 * `FARM:1` … `FARM:9`, and `FARM:` with the code of a scenario.
 */
const CODE = /^FARM:([A-Z0-9_]+)(?::(.*))?$/i;

/**
 * @param {string} text
 * @returns {{name: string, value: string}|null}
 */
export function commandOf(text) {
    const found = CODE.exec(text.trim());
    return found && {name: found[1].toUpperCase(), value: found[2] ?? ""};
}
