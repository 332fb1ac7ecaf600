from . import (
    test_certificate,
    test_crop,
    test_delivery,
    test_geometry,
    test_lot_operation,
    test_party,
    test_plot,
    test_region,
    test_trace,
    test_trace_property,
    test_trace_shares,
)
