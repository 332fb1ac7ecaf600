from . import farm_receipt
