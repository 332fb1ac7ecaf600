from . import (
    farm_device_enrolment,
    farm_device_event_settlement,
    farm_device_revocation,
)
