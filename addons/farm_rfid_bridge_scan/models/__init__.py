from . import farm_device
