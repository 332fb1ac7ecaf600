{
    "name": "Farm Traceability: Scan Screens",
    "version": "19.0.1.0.0",
    "summary": "Receive, pick, count and ship with a scanner, also without network",
    "category": "Supply Chain/Inventory",
    "author": "Farm Traceability contributors",
    "license": "LGPL-3",
    "depends": ["farm_traceability"],
    "data": [
        "security/ir.model.access.csv",
        "security/farm_scan_rules.xml",
        "views/farm_scan_event_views.xml",
        "views/res_users_views.xml",
        "views/farm_scan_menus.xml",
    ],
    "assets": {},
}
