from . import (  # isort: skip - scenarios stand on what they share
    stock_move_line,
    farm_scan_scenario,
    farm_scan_pick,
    farm_scan_pick_measures,
)
