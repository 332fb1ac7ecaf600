from . import test_lot_operation, test_region
