import {arrivalsOf, isComplete, labelsOf} from "./receive_local";

/** What the screen shows of a receipt: what came, and what the person is at. */
export class Receipt {
    /**
     * @param {import("../shared/work").Work} work
     * @param {{lotKey: string}} place reactive; the lot that is shown
     */
    constructor(work, place) {
        Object.assign(this, {work, place});
    }

    get groups() {
        const {base, waiting} = this.work;
        return base ? arrivalsOf(base, waiting) : [];
    }

    /** Of the product that was scanned or touched last, else the next that is short. */
    get group() {
        return this.named ?? this.open;
    }

    get open() {
        return this.groups.find((group) => !isComplete(group));
    }

    get named() {
        return this.groups.find(({id}) => id === this.work.context.product_id);
    }

    get lot() {
        return this.group?.lots.find(({key}) => key === this.place.lotKey);
    }

    /** Whether something came that is in no package yet. */
    get hasLoose() {
        return this.groups.some(({loose}) => loose > 0);
    }

    get hasLots() {
        return this.groups.some(({lots}) => lots.some(({name, came}) => name && came));
    }

    get progress() {
        const {groups} = this;
        return {done: groups.filter(isComplete).length, all: groups.length};
    }

    get labelCount() {
        return labelsOf(this.group, this.lot);
    }

    /** Lines for the panel before the end: by product, as that is what is short. */
    get short() {
        return {
            lines: this.groups.map(({id, product, unit, came, expected}) => ({
                id,
                product,
                unit,
                scanned: came,
                quantity: expected,
                location: {name: ""},
            })),
        };
    }
}
