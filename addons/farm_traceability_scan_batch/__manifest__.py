{
    "name": "Farm Traceability: Scan Screens for Batches",
    "version": "19.0.1.0.0",
    "summary": "Pick and load batches and waves with the scan screens, in one walk",
    "category": "Supply Chain/Inventory",
    "author": "Farm Traceability contributors",
    "license": "LGPL-3",
    "depends": ["farm_traceability_scan", "stock_picking_batch"],
    "data": [
        "views/farm_scan_event_views.xml",
    ],
    "assets": {
        "farm_traceability_scan.assets_scan": [
            "farm_traceability_scan_batch/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "farm_traceability_scan_batch/static/src/**/*",
        ],
    },
    "auto_install": True,
}
