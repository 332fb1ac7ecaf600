from odoo import models
from odoo.addons.farm_traceability.trace import start_lots
from odoo.fields import Domain

from .farm_scan_look_up import MOST_ROWS
from .farm_scan_look_up_origin import MOST_TRACED


class FarmScanLookUp(models.AbstractModel):
    """Cards of documents and of people."""

    _inherit = "farm.scan.look.up"

    # -- transfers --------------------------------------------------------------------

    def _card_of_picking(self, meaning):
        picking = self.env["stock.picking"].browse(meaning.id)
        lots = picking.move_line_ids.lot_id
        states = dict(picking._fields["state"]._description_selection(self.env))
        return self._moved(picking) | {
            "warning": self._held_text(Domain("id", "in", lots.ids)) or "",
            "facts": self._shown(
                (self.env._("Work"), picking.picking_type_id.display_name),
                (self.env._("For"), picking.partner_id.display_name),
                (self.env._("Ordered by"), picking.origin),
                (self.env._("Status"), states[picking.state]),
                (self.env._("Scheduled"), self._day(picking.scheduled_date)),
                (self.env._("Done on"), self._day(picking.date_done)),
                (self.env._("Who"), picking.user_id.name),
                (self.env._("Owner"), self._owner_of(picking)),
                *self._origin_facts(lots),
            ),
            "trace": self._trace_facts(lots),
            "link": self._link(picking),
        }

    def _owner_of(self, picking):
        lines = picking.move_line_ids
        names = [one.owner_id.name or one.company_id.name for one in lines]
        return self._joined(names) or picking.company_id.name

    def _moved(self, picking):
        """The part of a card that says what goes from where to where."""
        lines = picking.move_line_ids.filtered("quantity")
        rows = [self._line_row(line) for line in lines[:MOST_ROWS]]
        return {
            "stock_title": self.env._("What is moved"),
            "stock": rows or [self._move_row(move) for move in picking.move_ids],
            "more": self._more_text(len(lines) - MOST_ROWS),
        }

    def _line_row(self, line):
        way = f"{line.location_id.display_name} → {line.location_dest_id.display_name}"
        return {
            "name": self._item_name(line),
            "detail": self._detail(line, way),
            "quantity": self._amount(line.quantity, line.product_uom_id),
            "held": line.lot_id.is_on_hold,
        }

    def _move_row(self, move):
        """Of what is not reserved yet."""
        return {
            "name": move.product_id.display_name,
            "detail": self.env._("Not reserved yet"),
            "quantity": self._amount(move.product_uom_qty, move.product_uom),
            "held": False,
        }

    # -- harvests and farmers ---------------------------------------------------------

    def _card_of_harvest(self, meaning):
        # Evidence is shown whole, also what the user may not open.
        harvest = self.env["farm.harvest"].browse(meaning.id).sudo()
        amount = harvest.uom_id and self._amount(harvest.quantity, harvest.uom_id)
        return self._grown("harvest", harvest.id) | {
            "facts": self._shown(
                (self.env._("Crop"), harvest.crop_id.name),
                (self.env._("Harvested"), self._day(harvest.date)),
                (self.env._("Quantity"), amount),
                (self.env._("Bunches"), harvest.bunch_count),
                (self.env._("Grade"), harvest.grade_id.name),
                (self.env._("Farmer"), harvest.farmer_id.name),
                (self.env._("Group"), harvest.farmer_id.farm_group_id.name),
                (self.env._("Plot"), harvest.plot_id.name),
                (self.env._("Region"), harvest.region_id.complete_name),
                (self.env._("Certificate"), harvest.certificate_id.name),
            ),
            "link": self._link(harvest),
        }

    def _card_of_farmer(self, meaning):
        farmer = self.env["res.partner"].browse(meaning.id)
        harvests = self.env["farm.harvest"].search(
            [("farmer_id", "=", farmer.id), ("state", "=", "done")]
        )
        certificates = self.env["farm.certificate"].search(
            [("farmer_id", "=", farmer.id)], limit=20
        )
        return self._grown("farmer", farmer.id) | {
            "facts": self._shown(
                (self.env._("Chain number"), farmer.farm_code),
                (self.env._("Group"), farmer.farm_group_id.name),
                (self.env._("Region"), farmer.farm_region_id.complete_name),
                (
                    self.env._("Certificate"),
                    self._joined(certificates.mapped("display_name")),
                ),
                (self.env._("Harvests"), len(harvests)),
                (self.env._("Harvested"), self._days(harvests.mapped("date"))),
            ),
            "link": self._link(farmer),
        }

    def _grown(self, kind, record_id):
        """What there is of a harvest or a farmer, and where it went."""
        found = start_lots(self.env, kind, [record_id])
        mine = Domain("id", "in", found)
        lots = self.env["stock.lot"].search(mine, limit=MOST_TRACED + 1)
        stock = self._lying(Domain("lot_id", "in", found))
        return self._stock(stock) | {
            "warning": self._held_text(mine) or "",
            "trace": self._trace_facts(lots),
        }
