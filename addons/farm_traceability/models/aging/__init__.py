from . import farm_stock_aging  # isort: skip - inherited below
from . import (
    farm_stock_aging_closing,
    farm_stock_aging_cost,
    farm_stock_aging_open,
    res_company,
    res_config_settings,
    stock_location,
    stock_move_line,
)
