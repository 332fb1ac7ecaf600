"""Labels of 10, 100 and 1,000 lots against core's own, then 10,000 in one go.

Core prints the name of a lot as Code 128 by QWeb and wkhtmltopdf, 48 on a page. Ours
carry GTIN, expiry date and lot, as GS1-128 or as a symbol of two dimensions; each is a
page. Both sides start from the records. wkhtmltopdf finds no server here, so core's
labels come without their style sheets, which costs it less than a real print does.
"""

import os
import resource
import tempfile
from functools import partial
from pathlib import Path

import pypdfium2
import zxingcpp
from odoo import fields
from odoo.addons.farm_traceability.gs1.keys import gtin_14, make_gtin
from odoo.addons.farm_traceability.labels import (
    Block,
    Format,
    Values,
    draw,
    render_pdf,
)

from bench._measure import row, timed

COUNTS = (10, 100, 1_000)
MANY = 10_000
PEER = "core: stock.report_lot_label, Code 128"
PEER_REPORT = "stock.report_lot_label"
PEER_PLACES = 48
MB = 2**20
FORM = Format(100, 50, 2, 2, 2, 2)
TEXTS = (
    Block("text", 2, 2, 60, 6, "{product}", font_size=12, bold=True, may_cut=True),
    Block("text", 2, 9, 60, 8, "{lot}", caption="Lot", font_size=12, bold=True),
    Block("text", 2, 18, 60, 6, "{expiry}", caption="Best before", font_size=9),
)
#: a symbol of each kind, and how many times faster than core's Code 128 it is to be
SYMBOLS = {
    "GS1-128": (Block("gs1_128", 2, 26, 96, 22, "01 17 10"), 40),
    "GS1 DataMatrix": (Block("gs1_datamatrix", 70, 2, 28, 28, "01 17 10"), 10),
    "QR, Digital Link": (Block("digital_link", 66, 2, 32, 32, "01 10 17"), 10),
}


def run(env, scale=1.0):
    """Print labels on both sides.

    :param env: environment of a user of the warehouse; everything is rolled back
    :param float scale: share of the numbers of lots
    :return: rows as ``make bench`` prints them
    """
    counts = sorted({max(int(count * scale), 2) for count in COUNTS})
    lots = _make_lots(env, counts[-1])
    _print(lots[:1], "GS1-128"), _core(lots[:1])  # what either side loads once
    rows = []
    for count in counts:
        rows += _against_core(env, lots[:count])
    rows += _many(env, next(_values(lots)), max(int(MANY * scale), 10))
    env.cr.rollback()
    return rows


def _make_lots(env, count):
    product = env["product.product"].create(
        {
            "name": "Pisang Mas Kirana",
            "default_code": "PMK",
            "is_storable": True,
            "tracking": "lot",
            "use_expiration_date": True,
            "barcode": make_gtin("8991234", 56789),
        }
    )
    return env["stock.lot"].create(
        [
            {
                "name": f"MK-26-{number:05}",
                "product_id": product.id,
                "expiration_date": fields.Datetime.to_datetime("2026-12-31"),
            }
            for number in range(count)
        ]
    )


def _against_core(env, lots):
    count = len(lots)
    core, theirs = timed(env, partial(_core, lots))
    core_memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    for name, (_block, target) in SYMBOLS.items():
        seconds, ours = timed(env, partial(_print, lots, name))
        same = _first_lots(ours, lots) == _first_lots(theirs, lots) == _names(lots)
        yield row(name, count, seconds, PEER, core, target=target, same=same)
        sizes = (len(ours) / MB, PEER, len(theirs) / MB)
        yield row(f"{name}: MB of the PDF, not s", count, *sizes, target=50)
        memory = _memory(next(_values(lots)), count, name)
        yield row(f"{name}: MB of memory, not s", count, memory, PEER, core_memory)


def _many(env, first, count):
    """Many labels in one go, and what memory they take."""
    for name in SYMBOLS:
        seconds, ours = timed(env, partial(_pdf, _alike(first, count), name))
        yield row(f"{name}, one go", count, seconds)
        yield row(f"{name}, one go: MB of the PDF, not s", count, len(ours) / MB)
        memory = _memory(first, count, name)
        yield row(f"{name}, one go: MB of memory, not s", count, memory)


def _core(lots):
    content, _kind = lots.env["ir.actions.report"]._render_qweb_pdf(
        PEER_REPORT, lots.ids
    )
    return content


def _print(lots, name):
    return _pdf(_values(lots), name)


def _pdf(values, name):
    blocks = (*TEXTS, SYMBOLS[name][0])
    return render_pdf(FORM, (draw(FORM, blocks, one) for one in values))


def _values(lots):
    """What stands on the label of each lot, one after another."""
    for lot in lots:
        product, expiry = lot.product_id, lot.expiration_date
        yield Values(
            {
                "product": product.name,
                "lot": lot.name,
                "expiry": expiry.strftime("%d/%m/%Y"),
            },
            {
                "01": gtin_14(product.barcode),
                "17": expiry.strftime("%y%m%d"),
                "10": lot.name,
            },
        )


def _alike(first, count):
    """Labels like the first one, each with a lot of its own."""
    for number in range(count):
        lot = f"MK-26-{number:05}"
        yield Values(first.texts | {"lot": lot}, first.elements | {"10": lot})


def _memory(first, count, name):
    """MB that a process of its own needs more than before, at its peak."""
    with tempfile.NamedTemporaryFile() as answer:
        child = os.fork()
        if not child:
            # Nothing of Odoo is ended in the child.
            try:
                before = _peak()
                _pdf(_alike(first, count), name)
                Path(answer.name).write_text(str(_peak() - before))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        return float(Path(answer.name).read_text())


def _peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _names(lots):
    return set(lots[:PEER_PLACES].mapped("name"))


def _first_lots(pdf, lots):
    """Names of lots that are read from the symbols of as many labels as core's page."""
    document = pypdfium2.PdfDocument(pdf)
    names, found = _names(lots), set()
    for page in list(document)[:PEER_PLACES]:
        image = page.render(scale=300 / 72).to_pil()
        for symbol in zxingcpp.read_barcodes(image):
            found |= {name for name in names if name in symbol.text}
        if found == names:
            break
    return found
