from . import (
    farm_certificate_change,
    farm_guide_correction,
    farm_harvest_waiver,
    farm_hold_place,
    farm_hold_release,
    farm_lot_harvest,
    farm_lot_prepare,
    farm_lot_reversal,
    farm_lot_split,
    farm_receipt,
    farm_region_import,
)
