"""EPC: names of the electronic product code as URN, tag bits and GS1 Digital Link."""

from .bits import SGTIN_96, SGTIN_198, SSCC_96, Tagged, from_bits, to_bits
from .identity import Epc, Gtin, Lgtin, Sgtin, Sscc
from .link import Linked, from_link, to_link, to_quantity_link
from .quantity import LotQuantity
from .urn import from_urn

__all__ = [
    "SGTIN_96",
    "SGTIN_198",
    "SSCC_96",
    "Epc",
    "Gtin",
    "Lgtin",
    "Linked",
    "LotQuantity",
    "Sgtin",
    "Sscc",
    "Tagged",
    "from_bits",
    "from_link",
    "from_urn",
    "to_bits",
    "to_link",
    "to_quantity_link",
]
