"""GS1 in pure Python: element strings, Digital Links, keys. No word of Odoo.

- ``message``: element strings, with and without brackets: read and write
- ``rules``: what may stand together in a message
- ``link``: Digital Links
- ``scan``: what scanners send
- ``epc``: EPC URIs
- ``values``: dates and measures in values
- ``keys``: GTIN, GLN and SSCC of a company prefix
- ``code128``: code words of GS1-128 symbols
- ``identifiers``: the application identifiers; ``linters``: checks of their values
- ``errors``: the one exception, ``sentences``: what it says

An element string holds ``GS`` where a symbol holds FNC1.
"""

from .epc import read_epc
from .errors import Gs1Error
from .link import read_link, write_link
from .message import (
    GS,
    Element,
    checked,
    human_readable,
    ordered,
    read,
    read_bracketed,
    symbol_text,
    write,
    write_bracketed,
)
from .rules import check
from .scan import Scan, read_anything, read_scan, scan_data
