/**
 * A number for an event. `crypto.randomUUID` is there only on https and localhost;
 * handhelds in a store's own network often have neither.
 *
 * @param {Crypto} [source]
 * @returns {string} version 4, lower case
 */
export function makeUuid(source = globalThis.crypto) {
    if (source.randomUUID) {
        return source.randomUUID();
    }
    const bytes = source.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
