from . import test_trace, test_trace_property, test_trace_shares
