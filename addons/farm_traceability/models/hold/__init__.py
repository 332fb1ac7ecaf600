from . import (
    farm_hold,
    farm_hold_line,
    farm_hold_promise,
    res_company,
    res_config_settings,
    stock_lot,
    stock_move,
    stock_move_line,
    stock_move_line_promise,
    stock_picking,
    stock_quant,
)
