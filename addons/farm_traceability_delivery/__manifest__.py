{
    "name": "Farm Traceability: Delivery Methods",
    "version": "19.0.1.0.0",
    "summary": "How long a carrier takes decides which lots may still be promised",
    "category": "Supply Chain/Inventory",
    "author": "Farm Traceability contributors",
    "license": "LGPL-3",
    "depends": ["farm_traceability_sale", "stock_delivery"],
    "data": [
        "security/ir.model.access.csv",
        "views/delivery_carrier_views.xml",
    ],
    "auto_install": True,
}
