from . import (
    farm_shelf_life_term,
    product_product,
    product_template,
    res_partner,
    stock_lot,
    stock_lot_certified,
    stock_move,
    stock_picking,
    stock_quant,
)
