from . import farm_rfid_event, farm_rfid_tagging  # isort: skip - kinds inherit them
from . import farm_rfid_codes, farm_rfid_scope  # isort: skip - and these
from . import (
    farm_certificate,
    farm_rfid_card,
    farm_rfid_merge,
    farm_rfid_purchase,
    farm_rfid_purchase_card,
    farm_rfid_purchase_certificate,
    farm_rfid_purchase_codes,
    farm_rfid_purchase_scope,
    farm_rfid_purchase_tags,
    farm_rfid_retire,
    farm_rfid_split,
    farm_rfid_split_operation,
    farm_rfid_transfer,
    farm_rfid_treatment,
)

from . import farm_rfid_read  # isort: skip - it stands on points and their reads
