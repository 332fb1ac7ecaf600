/**
 * Choices whose name or detail has all the words of a text, in any order.
 *
 * @param {{name: string, detail?: string}[]} choices
 * @param {string} text
 */
export function matching(choices, text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return choices.filter(({name, detail = ""}) => {
        const whole = `${name} ${detail}`.toLowerCase();
        return words.every((word) => whole.includes(word));
    });
}
