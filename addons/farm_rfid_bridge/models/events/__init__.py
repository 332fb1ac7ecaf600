from . import farm_rfid_event, farm_rfid_purchase, farm_rfid_read
