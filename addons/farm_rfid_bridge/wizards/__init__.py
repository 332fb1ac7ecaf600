from . import (
    farm_card_issue,
    farm_device_enrolment,
    farm_device_event_settlement,
    farm_device_revocation,
    farm_signing_key_revocation,
    farm_tag_blank,
    farm_tag_ending,
    farm_tag_packing,
)
