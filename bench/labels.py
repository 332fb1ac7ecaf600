"""Labels of 10, 100 and 1,000 lots against core's own, then 10,000 in one go.

Core prints the name of a lot as Code 128 by QWeb and wkhtmltopdf, 48 on a page. Ours
carry GTIN, expiry date and lot, as GS1-128 or as a symbol of two dimensions; each is a
page. Print jobs have the texts of ready labels too, and leave a record. Both sides
start from the records. wkhtmltopdf finds no server here, so core's labels come without
their style sheets, which costs it less than a real print does.
"""

import base64
import resource
import tracemalloc
from functools import partial

import pypdfium2
from odoo import fields
from odoo.addons.farm_traceability.gs1.keys import gtin_14, make_gtin
from odoo.addons.farm_traceability.labels import (
    Block,
    Format,
    Values,
    draw,
    render_pdf,
)
from zxingcpp import read_barcodes

from bench._measure import row, timed

COUNTS = (10, 100, 1_000)
MANY = 10_000
PEER = "core: stock.report_lot_label, Code 128"
PEER_REPORT = "stock.report_lot_label"
PEER_PLACES = 48
MB = 2**20
DPI = 300
FORM = Format(100, 50, 2, 2, 2, 2)
TEXTS = (
    Block("text", 2, 2, 60, 6, "{product}", font_size=12, bold=True, may_cut=True),
    Block("text", 2, 9, 60, 8, "{lot}", caption="Lot", font_size=12, bold=True),
    Block("text", 2, 18, 60, 6, "{expiry}", caption="Best before", font_size=9),
)
#: ready labels, with all their texts; the first has a symbol of two dimensions
DESIGNED = ("label_bunch", "label_a4_65")
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
        same = _scanned_names(ours, lots) == _read_names(theirs, lots) == _names(lots)
        yield row(name, count, seconds, PEER, core, target=target, same=same)
        sizes = (len(ours) / MB, PEER, len(theirs) / MB)
        yield row(f"{name}: MB of the PDF, not s", count, *sizes, target=50)
        memory = _memory(next(_values(lots)), count, name)
        yield row(f"{name}: MB of memory, not s", count, memory, PEER, core_memory)
    for name in DESIGNED:
        seconds, ours = timed(env, partial(_job, lots, name))
        same = _scanned_names(ours, lots) == _names(lots)
        yield row(f"print job: {name}", count, seconds, PEER, core, 10, same)


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


def _job(lots, name):
    """As people print: by the wizard, with a ready label and a job on record."""
    asked = lots.env["farm.label.print"].with_context(
        active_model="stock.lot", active_ids=lots.ids
    )
    template = lots.env.ref(f"farm_traceability.{name}")
    asked.create({"template_id": template.id}).action_print()
    job = lots.env["farm.label.job"].search([], limit=1)
    return base64.b64decode(job.content)


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
    """MB that are taken at the peak, of which the PDF itself is a part."""
    tracemalloc.start()
    _pdf(_alike(first, count), name)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / MB


def _names(lots):
    return set(lots[:PEER_PLACES].mapped("name"))


def _read_names(pdf, lots):
    """Names of core's first page that are found on the pages of core's PDF."""
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)
    )
    return {name for name in _names(lots) if name in text}


def _scanned_names(pdf, lots):
    """The same, read from the symbols of our first pages."""
    pages = list(pypdfium2.PdfDocument(pdf))[:PEER_PLACES]
    images = [page.render(scale=DPI / 72).to_pil() for page in pages]
    text = "".join(one.text for image in images for one in read_barcodes(image))
    return {name for name in _names(lots) if name in text}
