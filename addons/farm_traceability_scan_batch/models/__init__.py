from . import farm_scan, farm_scan_batch, farm_scan_event
