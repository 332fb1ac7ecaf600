from . import (
    farm_device,
    farm_device_credential,
    farm_device_enrol,
    farm_device_key,
    farm_device_state,
)
