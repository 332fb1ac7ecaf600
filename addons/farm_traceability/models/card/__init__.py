from . import (
    farm_stock_card,
    farm_stock_card_files,
    farm_stock_card_open,
    farm_stock_card_read,
    farm_stock_card_words,
    product_product,
    stock_location,
    stock_lot,
    stock_move,
    stock_move_line,
    stock_quant,
)
