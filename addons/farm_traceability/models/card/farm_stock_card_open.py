from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class FarmStockCard(models.TransientModel):
    """The records behind each figure, and the ways to a card."""

    _inherit = "farm.stock.card"

    @api.model
    def action_open_line(self, line_id):
        """The document of a line: transfer, scrap order, operation, …"""
        line = self.env["stock.move.line"].browse(int(line_id)).exists()
        if not line:
            raise UserError(self.env._("This movement is gone. Load the card again."))
        self.check_access("read")
        line.check_access("read")
        action = line.action_open_reference()
        # Goods written off without a scrap order have none that could be opened.
        return action if action.get("res_id") else line._open_own_form()

    @api.model
    def action_open_figure(self, values, key, figure):
        """The movements or the stock behind a figure of a section.

        :param figure: ``opening``, ``came``, ``went`` or ``closing``
        """
        card = self._asked(values)
        if figure == "closing" and not card.date_to:
            return card._open_quants(key)
        return card._open_lines(key, figure)

    def _open_quants(self, key):
        inside = self._inside("location_id", "package_id", key)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("On Hand"),
            "res_model": "stock.quant",
            "views": [(False, "list"), (False, "form")],
            "domain": list(self._get_goods_domain(key) & inside),
            "context": {"create": False, "edit": False},
        }

    def _open_lines(self, key, figure):
        brings = self._inside("location_dest_id", "result_package_id", key)
        takes = self._inside("location_id", "package_id", key)
        changes = {
            "came": brings & ~takes,
            "went": takes & ~brings,
        }.get(figure, (brings & ~takes) | (takes & ~brings))
        domain = self._get_lines_domain(key) & changes & self._when(figure)
        return {
            "type": "ir.actions.act_window",
            "name": self._get_figure_labels()[figure],
            "res_model": "stock.move.line",
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
            "context": {"create": False},
        }

    def _inside(self, place, package, key):
        domain = Domain(place, "in", self._get_section_places(key).ids)
        packages = self._get_packages(key)
        if packages is None:
            return domain
        return domain & Domain(package, "in", [one or False for one in packages])

    def _when(self, figure):
        """The moments that a figure speaks of."""
        start, end = self._start(), self._end()
        domain = Domain.TRUE
        if figure == "opening":
            return Domain("date", "<", start) if start else Domain.FALSE
        if start and figure != "closing":
            domain &= Domain("date", ">=", start)
        if end:
            domain &= Domain("date", "<", end)
        return domain

    @api.model
    def _open_for(self, **defaults):
        """The card of records, from their own screens.

        :param defaults: fields of this model; records as ids
        """
        context = {f"default_{name}": value for name, value in defaults.items()}
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_stock_card_action"
        )
        return action | {"context": context}
