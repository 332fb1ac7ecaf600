import {_t} from "@web/core/l10n/translation";
import {choicesOf, loadPlaces} from "../shared/places";

const WORDS = {
    lying: {title: _t("What do you move?"), button: _t("Choose what you move")},
    source: {
        title: _t("Where do you take it?"),
        button: _t("Choose where you take it"),
    },
    place: {title: _t("Which place?"), button: _t("Choose a place")},
    target: {title: _t("Where do you put it?"), button: _t("Choose where you put it")},
};

/**
 * What can be chosen by touch next.
 *
 * @param {string} step see `stepOf`
 * @param {Object} draft
 * @param {boolean} isWaiting whether scans wait of which the device knows no answer
 * @returns {"lying"|"place"|"source"|"target"} `lying`: of what lies at the source
 */
export function choiceAt(step, {source_id: source}, isWaiting = false) {
    if (isWaiting) {
        return "place";
    }
    if (step === "target") {
        return "target";
    }
    return source && step !== "source" ? "lying" : "source";
}

/** @returns {{title: string, button: string}} */
export function wordsOf(kind) {
    const {title, button} = WORDS[kind];
    return {title: String(title), button: String(button)};
}

/** @returns {Promise<Object[]>} choices, each with the `text` of its symbol */
export async function loadChoices(scan, kind, draft, near) {
    const {source_id: source} = draft;
    if (kind === "lying") {
        const {answer} = await scan.ask(["items", source], "items", [source]);
        return answer ?? [];
    }
    const places = await loadPlaces(scan);
    const isTarget = kind === "target";
    return choicesOf(isTarget ? places.filter(({id}) => id !== source) : places, near);
}
