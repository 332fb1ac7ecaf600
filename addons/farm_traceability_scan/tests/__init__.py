from . import (
    test_device_pick,
    test_look,
    test_pick,
    test_reader,
    test_scan_app,
)
