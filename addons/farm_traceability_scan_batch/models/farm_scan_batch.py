from odoo import api, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.addons.farm_traceability_scan.models.scenarios.result import Result
from odoo.exceptions import UserError
from odoo.fields import Domain


class FarmScanBatch(models.AbstractModel):
    """Work on a batch, or a wave, of transfers: all of them in one walk.

    1. a batch is chosen from the list in which its transfers would stand
    2. the screen leads from place to place; each line says for which transfer it is
    3. a lot that several transfers want goes to the first of them, and what is more
       to the next; the name of a transfer, scanned before, says which one is meant
    4. finished: each transfer goes with what was scanned, the rest of it stays behind
       in a backorder; of which nothing was scanned leaves the batch
    """

    _name = "farm.scan.batch"
    _description = "Scan Screens: Batches"
    _document_model = "stock.picking.batch"

    # -- documents --------------------------------------------------------------------

    @api.model
    def _document_domain(self):
        """With something to take, of this user's or nobody's."""
        own = Domain("user_id", "in", (False, self.env.uid))
        return self._open_domain() & own & Domain("picking_ids.state", "=", "assigned")

    @api.model
    def _open_domain(self):
        warehouses = self.env.user._get_scan_warehouses()
        return (
            Domain("picking_type_id.warehouse_id", "in", warehouses.ids)
            & self._kinds()
            & Domain("state", "in", ("draft", "in_progress"))
        )

    @api.model
    def _entry(self, batch):
        pickings = batch.picking_ids
        return {
            "id": batch.id,
            "name": batch.name,
            "title": batch.description
            or ", ".join(pickings.partner_id.mapped("display_name"))
            or batch.picking_type_id.name,
            "badge": (
                self.env._("%(count)s transfers", count=len(pickings))
                if len(pickings) > 1
                else self.env._("1 transfer")
            ),
            "scheduled": batch.scheduled_date and batch.scheduled_date.isoformat(),
            "late": any(map(self._is_late, pickings)),
            "who": batch.user_id.name or "",
        }

    # -- lines ------------------------------------------------------------------------

    def _sources(self, batch):
        return batch.picking_ids.location_id

    @api.model
    def _line(self, line):
        picking = line.picking_id
        return super()._line(line) | {
            "into": {
                "id": picking.id,
                "name": picking.name,
                "partner": picking.partner_id.display_name or "",
            }
        }

    def _open_lines(self, batch, product, sent):
        lines = super()._open_lines(batch, product, sent)
        box = sent["picking_id"]
        return lines.filtered(lambda line: line.picking_id.id == box) if box else lines

    def _take_picking(self, batch, meaning, sent):
        """What is scanned next is for this transfer."""
        picking = batch.picking_ids.filtered(lambda one: one.id == meaning.id)
        if not picking:
            raise UserError(
                self.env._(
                    "%(picking)s is not in %(batch)s.",
                    picking=meaning.name,
                    batch=batch.name,
                )
            )
        return Result(
            self.env._("Now for %(picking)s", picking=picking.name),
            answer={"picking_id": picking.id},
        )

    def _can_be_here(self, batch, meaning):
        if meaning.kind == "picking":
            return meaning.id in batch.picking_ids.ids
        return super()._can_be_here(batch, meaning)

    def _taken_text(self, line, quantity):
        return self.env._(
            "%(quantity)s %(unit)s of %(item)s into %(picking)s",
            quantity=number_text(self.env, quantity),
            unit=line.product_uom_id.name,
            item=line.lot_id.name or line.product_id.display_name,
            picking=line.picking_id.name,
        )

    def _packed_text(self, package, lines):
        lines = lines.filtered(lambda line: line.result_package_id == package)
        return self.env._(
            "Packed into %(package)s for %(picking)s",
            package=package.name,
            picking=lines.picking_id.name,
        )

    # -- events -----------------------------------------------------------------------

    @api.model
    def _links(self, batch, result):
        line = self.env["stock.move.line"].browse(result.answer.get("line_id"))
        return {"batch_id": batch.id, "picking_id": line.picking_id.id}

    @api.model
    def _events_domain(self, batch):
        """Also those of its transfers, each for itself."""
        own = Domain("batch_id", "=", batch.id)
        return own | Domain("picking_id", "in", batch.picking_ids.ids)

    # -- finished ---------------------------------------------------------------------

    @api.model
    def _do_finish(self, batch, sent):
        batch.picking_ids.lock_for_update()
        return super()._do_finish(batch, sent)

    def _validate(self, batch):
        pickings = batch.picking_ids
        going = pickings.filtered(
            lambda picking: any(picking.move_line_ids.mapped(self._counter))
        )
        batch.with_context(skip_backorder=True).action_done()
        if any(picking.state != "done" for picking in going):
            raise UserError(
                self.env._(
                    "%(batch)s asks something that the scan screens cannot answer."
                    " Finish it in the office.",
                    batch=batch.name,
                )
            )
        return " ".join(self._done_texts(batch, going, pickings - going))

    def _done_texts(self, batch, going, left):
        texts = [self.env._("%(batch)s is done.", batch=batch.name)]
        if rest := going.backorder_ids:
            texts.append(
                self.env._(
                    "The rest is in %(rest)s.", rest=", ".join(rest.mapped("name"))
                )
            )
        if left := left.filtered(lambda picking: picking.state != "cancel"):
            names = ", ".join(left.mapped("name"))
            texts.append(
                self.env._("Nothing was taken for %(pickings)s.", pickings=names)
            )
        return texts


class FarmScanPick(models.AbstractModel):
    _inherit = "farm.scan.pick"

    #: whether transfers of a batch stand in the list as their batch only
    _has_batches = True

    @api.model
    def _document_domain(self):
        domain = super()._document_domain()
        return domain & Domain("batch_id", "=", False) if self._has_batches else domain


class FarmScanPutAway(models.AbstractModel):
    _inherit = "farm.scan.put.away"
    _has_batches = False


class FarmScanPickBatch(models.AbstractModel):
    _name = "farm.scan.pick.batch"
    _inherit = ["farm.scan.batch", "farm.scan.pick"]
    _description = "Scan Screens: Picking Batches"
    _within = "pick"


class FarmScanCheckBatch(models.AbstractModel):
    """The load of a truck: several deliveries, each in its packages."""

    _name = "farm.scan.check.batch"
    _inherit = ["farm.scan.batch", "farm.scan.check"]
    _description = "Scan Screens: Load Check of Batches"
    _within = "check"

    def _load_of(self, line):
        return line.picking_id.batch_id
