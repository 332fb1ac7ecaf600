import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** Asks the server for the dashboard, and opens what is behind its numbers. */
export const dashboardService = {
    dependencies: ["orm", "action"],
    start(env, {orm, action}) {
        return {
            /**
             * @param {Object} filters as `farm.dashboard` takes them
             * @returns {Promise<Object>} `{data}`, or `{error}` with a sentence
             */
            async load(filters) {
                try {
                    const method = ["farm.dashboard", "get_dashboard", [filters]];
                    return {data: await orm.silent.call(...method)};
                } catch (error) {
                    const unknown = _t("The server did not answer. Try again.");
                    return {error: error.data?.message || unknown};
                }
            },
            open(window_) {
                return action.doAction(window_);
            },
        };
    },
};

registry.category("services").add("farm_dashboard", dashboardService);
