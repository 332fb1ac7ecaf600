import time

from odoo import fields, models


class FarmRecall(models.Model):
    _inherit = "farm.recall"

    hold_ids = fields.Many2many("farm.hold", string="Holds", readonly=True, copy=False)

    def _hold(self, lots, reason):
        """Hold lots, and flag the transfers that had some of them.

        Transfers are not cancelled: the customer still wants goods, and FEFO finds
        other lots. The hold drops their reservations and gives their owners an
        activity; here stays on record which transfer had how much.

        :return: seconds that it took, 0 for a drill
        """
        pickings = self._flag_pickings(lots)
        if self.is_mock:
            return 0.0
        begin = time.perf_counter()
        self.env["farm.hold"].check_access("create")
        # A lot of another company is held too: a recall that stops there is none.
        hold = (
            self.env["farm.hold"]
            .sudo()
            ._place(
                lots.sudo(),
                "recall",
                f"{self.name}: {reason}",
                company_id=self.company_id.id,
            )
        )
        seconds = time.perf_counter() - begin
        self.sudo().write(
            {
                "hold_ids": [fields.Command.link(hold.id)],
                "hold_seconds": self.hold_seconds + seconds,
            }
        )
        self._log("held", self._held_text(lots, pickings, seconds))
        return seconds

    def _held_text(self, lots, pickings, seconds):
        return self.env._(
            "%(lots)s lots held in %(seconds)s s; %(pickings)s transfers lost what they"
            " had reserved.",
            lots=len(lots),
            seconds=f"{seconds:.2f}",
            pickings=len(pickings),
        )

    def _flag_pickings(self, lots):
        """Keep which open transfers had how much, before it is taken from them.

        Those of another company are kept with its part.
        """
        rows = self.env["farm.recall.picking"].sudo()
        for part in self.sudo()._family():
            rows |= part._flag_own_pickings(lots)
        return rows

    def _flag_own_pickings(self, lots):
        quantities = self._open_quantities(lots.ids, self.company_id)
        rows = self.picking_ids.grouped("picking_id")
        for picking in quantities.keys() & rows.keys():
            rows[picking].quantity += quantities[picking]
        new = self.env["farm.recall.picking"].create(
            [
                {"recall_id": self.id, "picking_id": picking.id, "quantity": quantity}
                for picking, quantity in quantities.items()
                if picking not in rows
            ]
        )
        return new.union(
            *(rows[picking] for picking in quantities.keys() & rows.keys())
        )
