/**
 * Places of this user's warehouses; those of the last time where there is no network.
 *
 * @param {import("../../app/scan").Scan} scan
 * @returns {Promise<{id: number, name: string, text: string, path: string}[]>}
 */
export async function loadPlaces(scan) {
    const {answer} = await scan.ask(["places"], "places");
    return answer ?? [];
}

/**
 * Places to choose from: those that come to mind first, then all others.
 *
 * @param {Object[]} places
 * @param {{id: number, amount: string}[]} [near] what lies there already
 */
export function choicesOf(places, near = []) {
    const byId = new Map(places.map((place) => [place.id, place]));
    const first = near.filter(({id}) => byId.has(id));
    const taken = new Set(first.map(({id}) => id));
    return [
        ...first.map(({id, amount}) => choiceOf(byId.get(id), amount)),
        ...places.filter(({id}) => !taken.has(id)).map((place) => choiceOf(place)),
    ];
}

function choiceOf({id, name, text}, detail = "") {
    return {key: `location,${id}`, name, text, detail};
}
