"""Labels are read back here as a scanner does."""

import io

import pypdfium2
import zxingcpp
from PIL import Image

from ..gs1 import Element, ordered, write, write_link
from ..labels.formats import DOTS

#: dots per inch of a print head of 8 dots a mm
HEAD_DPI = DOTS[203] * 25.4


def scanned(image):
    """What a scanner sends: pairs of symbology identifier and text.

    :param image: a picture, or a PNG file
    :rtype: list[tuple[str, str]]
    """
    if isinstance(image, bytes):
        image = Image.open(io.BytesIO(image))
    found = zxingcpp.read_barcodes(
        image.convert("L"), text_mode=zxingcpp.TextMode.Plain
    )
    return sorted((one.symbology_identifier, one.text) for one in found)


def pages(pdf, dpi=HEAD_DPI):
    """The pages of a PDF as pictures, as a printer of whole dots sees them."""
    document = pypdfium2.PdfDocument(pdf)
    # A hair less, as any part of a dot at the edge stretches the page by one.
    scale = dpi / 72 * (1 - 1e-6)
    return [page.render(scale=scale).to_pil() for page in document]


def page_texts(pdf):
    """The texts of the pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def expected(blocks, values):
    """What a scanner must send of a label, of what its blocks name and there is."""
    return sorted(
        _expected(block, values) for block in blocks if block.kind in IDENTIFIERS
    )


IDENTIFIERS = {
    "gs1_128": "]C1",
    "gs1_datamatrix": "]d2",
    "digital_link": "]Q1",
    "ean13": "]E0",
}


def _expected(block, values):
    codes = [term.removesuffix("?") for term in block.content.split()]
    found = [
        Element(code, values.elements[code])
        for code in codes
        if values.elements.get(code)
    ]
    if block.kind == "ean13":
        text = values.elements["01"][1:]
    elif block.kind == "digital_link":
        text = write_link(found, f"https://{values.domain}")
    else:
        text = write(ordered(found))
    return IDENTIFIERS[block.kind], text
