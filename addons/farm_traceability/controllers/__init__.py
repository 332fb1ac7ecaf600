from . import stock_paper, trace_export
