from . import stock_location, stock_picking, stock_quant
