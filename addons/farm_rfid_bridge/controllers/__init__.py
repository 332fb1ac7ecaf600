from . import farm_rfid_api
