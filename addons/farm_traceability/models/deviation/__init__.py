from . import (
    farm_deviation,
    farm_deviation_reason,
    stock_lot,
    stock_move,
    stock_move_line,
    stock_move_line_done,
    stock_move_line_given_back,
    stock_move_line_returned,
    stock_picking,
    stock_picking_type,
    stock_quant,
)
