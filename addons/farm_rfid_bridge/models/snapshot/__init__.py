from . import (
    farm_device_item,
    farm_device_snapshot,
    farm_device_snapshot_read,
    farm_snapshot,
)
