import {designSheet, printFromLot} from "./label_steps";
import {registry} from "@web/core/registry";

/** A manager designs a label and prints a sheet of 24. */
registry.category("web_tour.tours").add("farm_label_designer", {
    steps: () => [
        ...designSheet("Tour Label"),
        ...printFromLot("TOUR-LABEL-1", "Tour Label", 24),
    ],
});
