from . import test_delivery, test_lot_operation, test_region
