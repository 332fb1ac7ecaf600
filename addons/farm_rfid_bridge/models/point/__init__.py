from . import farm_read_point, farm_rfid_transfer
