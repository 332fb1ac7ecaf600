from . import farm_expiry_stages  # isort: skip - inherited below
from . import (
    farm_expiry_board,
    farm_expiry_board_reserved,
    farm_expiry_board_work,
    farm_expiry_digest,
    farm_expiry_digest_make,
    farm_expiry_discount,
    product_template,
    res_company,
    res_config_settings,
    stock_lot,
    stock_picking,
    stock_quant,
    stock_warehouse,
)
