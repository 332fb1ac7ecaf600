from . import (
    farm_device,
    farm_device_credential,
    farm_device_enrol,
    farm_device_key,
    farm_device_scope,
    farm_device_state,
    farm_device_user,
    farm_sealing_key,
)
