from . import farm_lot_operation_line  # isort: skip - its kinds inherit it
from . import (
    farm_lot_operation,
    farm_lot_operation_check,
    farm_lot_operation_check_lot,
    farm_lot_operation_count,
    farm_lot_operation_input,
    farm_lot_operation_loss,
    farm_lot_operation_moves,
    farm_lot_operation_output,
    farm_lot_operation_output_lot,
    farm_lot_operation_post,
    farm_lot_operation_prepare,
    farm_lot_operation_reverse,
    farm_lot_operation_treat,
    stock_lot,
    stock_quant,
)
