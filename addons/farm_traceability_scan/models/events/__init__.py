from . import farm_scan, farm_scan_event, farm_scan_places
