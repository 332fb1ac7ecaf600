{
    "name": "Farm Traceability: Sales",
    "version": "19.0.1.0.0",
    "summary": "Sale orders count the lots that their customer may be promised",
    "category": "Supply Chain/Inventory",
    "author": "Farm Traceability contributors",
    "license": "LGPL-3",
    "depends": ["farm_traceability", "sale_stock"],
    "data": ["views/sale_order_views.xml"],
    "assets": {
        "web.assets_backend": [
            "farm_traceability_sale/static/src/**/*",
        ],
        "web.assets_tests": [
            "farm_traceability_sale/static/tests/tours/*.js",
        ],
    },
    "auto_install": True,
}
