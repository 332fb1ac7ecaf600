from . import (
    test_certificate,
    test_delivery,
    test_lot_operation,
    test_region,
    test_tours,
    test_trace,
    test_trace_property,
    test_trace_shares,
)
