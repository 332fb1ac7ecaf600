from . import farm_scan_reader
