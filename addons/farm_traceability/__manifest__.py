{
    "name": "Farm Traceability",
    "version": "19.0.1.0.0",
    "summary": "From a certified farmer's plot, through lots, to the customer and back",
    "category": "Supply Chain/Inventory",
    "author": "Farm Traceability contributors",
    "license": "LGPL-3",
    "depends": ["stock", "product_expiry"],
    "external_dependencies": {"python": ["shapely", "pyproj"]},
    "data": [
        "security/farm_security.xml",
        "security/ir.model.access.csv",
        "security/farm_rules.xml",
        "data/farm_role.xml",
        "data/farm_sequences.xml",
        "views/farm_menus.xml",
    ],
    "application": True,
}
