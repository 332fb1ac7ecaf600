from . import farm_lot_split, farm_receipt
