from . import (
    product_template,
    res_company,
    res_config_settings,
    stock_lot,
    stock_move,
    stock_move_line,
    stock_picking_type,
    stock_quant,
    stock_quant_parts,
    stock_quant_walk,
)
