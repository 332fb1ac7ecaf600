from . import (
    farm_read,
    farm_read_months,
    res_config_settings,
    stock_lot,
    stock_package,
)
