from . import delivery_carrier, sale_order, sale_order_line, stock_picking
