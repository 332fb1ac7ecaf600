"""What goes on paper.

- ``slip``: what stands on a receipt
- ``receipt``: the receipt of a purchase as a slip
- ``escpos``, ``zpl``: a receipt for a printer of rolls, and of labels
- ``printer``: the printer of the settings; ``door``: the way to it
"""

from .errors import PrinterFailed
from .printer import Printer, Spool
from .slip import RULE, Line, Slip

__all__ = ["RULE", "Line", "Printer", "PrinterFailed", "Slip", "Spool"]
