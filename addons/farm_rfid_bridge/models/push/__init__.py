from . import (
    farm_device_admission,
    farm_device_event,
    farm_device_event_apply,
    farm_device_event_doubt,
    farm_device_event_inbox,
    farm_device_event_waiting,
    farm_device_push,
    farm_device_pushed,
)
