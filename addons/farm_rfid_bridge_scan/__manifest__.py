{
    "name": "Farm Traceability: Desk Readers on the Scan Screens",
    "version": "19.0.1.0.0",
    "summary": "What a desk reader reads is scanned on the open scan screen",
    "category": "Supply Chain/Inventory",
    "author": "Farm Traceability contributors",
    "license": "LGPL-3",
    "depends": ["farm_rfid_bridge", "farm_traceability_scan"],
    "auto_install": True,
    "assets": {
        "farm_traceability_scan.assets_scan": [
            "farm_rfid_bridge_scan/static/src/**/*",
        ],
    },
}
