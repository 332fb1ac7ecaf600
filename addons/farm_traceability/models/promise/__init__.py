from . import (
    farm_promise_waiver,
    farm_shelf_life_term,
    mail_message,
    product_product,
    product_template,
    res_partner,
    stock_lot,
    stock_lot_certified,
    stock_move,
    stock_move_confirmed,
    stock_move_line,
    stock_move_note,
    stock_picking,
    stock_quant,
)

from . import product_left_out, stock_forecasted, stock_move_forecast  # isort: skip
