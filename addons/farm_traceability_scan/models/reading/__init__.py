from . import farm_scan_reader, farm_scan_reader_farmers
