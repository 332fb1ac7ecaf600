"""The discount list as a sheet, for a till or a shop's own list."""

from .recall_paper import local
from .workbook import workbook


def discount_sheet(work):
    """The goods of a discount list as an XLSX file.

    :param work: ``farm.expiry.work``; its environment gives language and rights
    :rtype: bytes
    """
    _ = work.env._
    columns = [
        (_("Product"), 34), (_("Lot"), 22), (_("Place"), 30), (_("Expires"), 18),
        (_("Days Left"), 10), (_("Quantity"), 12), (_("Unit"), 10), (_("Price"), 14),
        (_("Discount (%)"), 12), (_("New Price"), 14), (_("Currency"), 10),
    ]  # fmt: skip
    return workbook([(work.title or _("Discount List"), columns, _rows(work))])


def _rows(work):
    for line in work.line_ids.filtered("quantity"):
        yield [
            line.product_id.display_name,
            line.lot_id.name,
            line.location_id.display_name,
            local(work.env, line.expiration_date),
            line.days_left if line.expiration_date else None,
            line.quantity,
            line.uom_id.name,
            line.price,
            line.percent,
            line.new_price,
            work.currency_id.name,
        ]
