import {registry} from "@web/core/registry";

const remark = ".o_farm_not_qualifying:contains('60 kg of free stock do not qualify')";
const openAvailability = {
    content: "Look at the availability of the line",
    trigger: ".o_field_widget[name=order_line] .o_widget_qty_at_date_widget a",
    run: "click",
};

registry.category("web_tour.tours").add("farm_seller_reads_promise", {
    steps: () => [
        openAvailability,
        {
            content: "What qualifies is available",
            trigger: ".o_popover td:last-child b:contains('40')",
        },
        {
            content: "The rest is named, with the customer's rule",
            trigger: `.o_popover ${remark}:contains('less than 10 days left')`,
        },
    ],
});

registry.category("web_tour.tours").add("farm_seller_reads_forecast", {
    steps: () => [
        openAvailability,
        {
            content: "The order says it too",
            trigger: `.o_popover ${remark}`,
        },
        {
            content: "Go to the forecast",
            trigger: ".o_popover button:contains('View Forecast')",
            run: "click",
        },
        {
            content: "The line of the order that lacks stock says why",
            trigger: `.o_forecasted_details_table td[name=usedby_cell] ${remark}`,
        },
        {
            content: "What may not go there is free for others",
            trigger:
                ".o_forecasted_details_table td[name=quantity_cell]:contains('60')",
        },
    ],
});
