from . import farm_read_point
