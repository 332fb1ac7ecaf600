from odoo import models

from ...reports.file import download, keep_file
from ...reports.stock_card_paper import StockCardPaper
from ...reports.stock_card_sheet import stock_card_sheets


class FarmStockCard(models.TransientModel):
    """The card as files, with all its lines."""

    _inherit = "farm.stock.card"

    def action_paper(self):
        self._check_asked()
        return self._download("pdf", StockCardPaper(self).render())

    def action_sheet(self):
        self._check_asked()
        return self._download("xlsx", stock_card_sheets(self))

    def _download(self, extension, content):
        return download(keep_file(self, f"{self._file_name()}.{extension}", content))

    def _file_name(self):
        goods = self.product_ids if len(self.product_ids) == 1 else self.lot_ids
        name = goods.display_name if len(goods) == 1 else ""
        days = [str(date) for date in (self.date_from, self.date_to) if date]
        return " ".join(filter(None, [self.env._("Stock Card"), name, *days]))

    def _facts(self):
        """What was asked, as pairs of label and text."""
        names = {
            "product_ids": self.product_ids.mapped("display_name"),
            "lot_ids": self.lot_ids.mapped("name"),
            "owner_id": self.owner_id.mapped("display_name"),
            "package_ids": self.package_ids.mapped("complete_name"),
            "warehouse_ids": self.warehouse_ids.mapped("name"),
            "location_ids": self.location_ids.mapped("complete_name"),
        }
        labels = self.fields_get(names, ["string"])
        return [
            (self.env._("Period"), self._period_text()),
            *(
                (labels[name]["string"], _few(found))
                for name, found in names.items()
                if found
            ),
        ]

    def _period_text(self):
        start = self._day(self.date_from) if self.date_from else self.env._("beginning")
        end = self._day(self.date_to) if self.date_to else self.env._("now")
        return f"{start} – {end}"


def _few(names):
    """The first of many names."""
    return ", ".join(names[:6]) + (f" … ({len(names)})" if len(names) > 6 else "")
