"""Colours of the pages, and what a company brings of its own."""

import base64
import binascii
import io
import re

from PIL import UnidentifiedImageError
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader

INK = HexColor("#1d2429")
HEAD_INK = HexColor("#3d4a52")
GREY = HexColor("#66717a")
LINE = HexColor("#d5dade")
ZEBRA = HexColor("#f4f6f7")
_GREEN = "#1f6b45"


def accent(company):
    """The company's own colour, when it is written as a colour."""
    own = company.primary_color or ""
    return HexColor(own if re.fullmatch(r"#[0-9a-fA-F]{6}", own) else _GREEN)


def logo(company):
    """The company's logo, ``None`` when it has none that can be drawn."""
    if company.uses_default_logo or not company.logo:
        return None
    try:
        data = base64.b64decode(company.partner_id.image_512)
        return ImageReader(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, binascii.Error):
        return None  # a drawing that is no picture, like SVG
