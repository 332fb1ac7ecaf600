from . import (
    farm_certificate_change,
    farm_guide_correction,
    farm_harvest_waiver,
    farm_lot_harvest,
    farm_lot_split,
    farm_recall_addition,
    farm_recall_answer,
    farm_recall_closing,
    farm_recall_complaint,
    farm_recall_disposal,
    farm_receipt,
    farm_region_import,
)
