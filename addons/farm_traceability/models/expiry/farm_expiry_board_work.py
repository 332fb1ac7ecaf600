from odoo import models


class FarmExpiryBoard(models.Model):
    """What people do with the rows that they chose."""

    _inherit = "farm.expiry.board"

    def action_discount(self):
        return self._open_work("discount", self.env._("Discount List"))

    def action_transfer(self):
        return self._open_work("transfer", self.env._("Transfer"))

    def action_donate(self):
        return self._open_work("donate", self.env._("Donate"))

    def action_scrap(self):
        return self._open_work("scrap", self.env._("Scrap"))

    def action_hold(self):
        return self._open_wizard("farm.hold.place", self.env._("Place on Hold"))

    def action_open_lot(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.lot",
            "res_id": self.lot_id.id,
            "view_mode": "form",
        }

    def _open_work(self, kind, name):
        return self._open_wizard("farm.expiry.work", name, default_kind=kind)

    def _open_wizard(self, model, name, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"active_model": self._name, "active_ids": self.ids} | context,
        }
