from . import farm_rfid_event  # isort: skip - kinds inherit it
from . import (
    farm_certificate,
    farm_rfid_purchase,
    farm_rfid_purchase_card,
    farm_rfid_purchase_certificate,
    farm_rfid_purchase_codes,
    farm_rfid_purchase_scope,
)
