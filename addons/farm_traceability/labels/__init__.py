"""Labels in pure Python: to PDF, ZPL and PNG. No word of Odoo.

- ``formats``: sizes of labels, sheets and rolls
- ``blocks``: what is on a label, and the values that fill it
- ``drawing``: one drawing in mm, of the ``primitives``, by ``place_text`` and
  ``place_symbol``
- ``symbols``: modules of GS1-128, GS1 DataMatrix, QR with GS1 Digital Link, EAN-13
- ``pdf``, ``zpl``, ``png``: three ways to show a drawing; of a PDF, ``pdf_document``
  is what its pages share, ``pdf_file`` its bytes, ``pdf_ink`` and ``pdf_letters`` what
  is on them
- ``errors``: the one exception and what it says
"""

from .blocks import Block, Values
from .drawing import draw
from .errors import LabelError
from .formats import Format
from .pdf import render_pdf, write_pdf
from .png import render_png
from .zpl import render_zpl
