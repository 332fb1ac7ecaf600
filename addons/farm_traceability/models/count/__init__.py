from . import (
    farm_count,
    farm_count_reason,
    farm_count_result,
    farm_count_result_open,
    farm_count_result_words,
    stock_move,
    stock_move_line,
    stock_quant,
)
