from odoo import api, fields, models
from odoo.addons.farm_traceability.wording import number_text
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .result import Result, question


class FarmScanCount(models.AbstractModel):
    """Count a place.

    1. a place is chosen or scanned; those whose count is due come first
    2. lots are scanned, each scan one more; or a quantity is typed
    3. what differs is seen at once, unless the warehouse counts blind; a line can be
       counted again
    4. finished: what was not found is asked, and then counts as none
    5. applied by somebody with the right
    """

    _name = "farm.scan.count"
    _inherit = "farm.scan.scenario"
    _description = "Scan Screens: Counting"
    _document_model = "stock.location"

    @api.model
    def _title(self):
        return self.env._("Count")

    @api.model
    def _document_domain(self):
        mine = self.env.user._get_scan_warehouses()
        return Domain("warehouse_id", "in", mine.ids) & Domain("usage", "=", "internal")

    @api.model
    def _count(self):
        """Places whose count is due."""
        return len(self._due())

    def _due(self):
        domain = [
            ("location_id", "any", self._document_domain()),
            ("inventory_date", "<=", fields.Date.context_today(self)),
        ]
        groups = self.env["stock.quant"]._read_group(domain, ["location_id"])
        return self.env["stock.location"].concat(*(place for (place,) in groups))

    @api.model
    def _documents(self):
        due = self._due()
        places = self.env["stock.location"].search(self._document_domain(), limit=200)
        return [self._entry(one) | {"late": one in due} for one in due | places]

    @api.model
    def _entry(self, place):
        return {
            "id": place.id,
            "name": place.display_name,
            "title": place.warehouse_id.name,
            "barcode": place.barcode or "",
        }

    # -- the sheet --------------------------------------------------------------------

    def _is_blind(self, place):
        return place.warehouse_id.scan_counts_blind

    def _quants(self, place):
        return (
            self.env["stock.quant"]
            .with_context(inventory_mode=True)
            .search(
                [("location_id", "=", place.id), ("product_id.is_storable", "=", True)]
            )
        )

    @api.model
    def _sheet(self, place):
        blind = self._is_blind(place)
        quants = self._quants(place)
        if blind:
            quants = quants.filtered("inventory_quantity_set")
        return {
            "document": self._entry(place),
            "blind": blind,
            "may_apply": self._may_apply(),
            "lines": [self._line(quant, blind) for quant in quants],
        }

    def _line(self, quant, blind):
        counted, lot = self._counted_of(quant), quant.lot_id
        line = {
            "id": quant.id,
            "product": self._product_entry(quant.product_id),
            "lot": lot.id and {"id": lot.id, "name": lot.name},
            "has_hands": bool(lot.remaining_count),
            "package": quant.package_id.name or "",
            "owner": quant.owner_id.display_name or "",
            "unit": quant.product_uom_id.name,
            "counted": counted,
        }
        if blind:
            return line
        difference = None if counted is None else quant.inventory_diff_quantity
        return line | {
            "quantity": quant.quantity,
            "difference": difference,
            "hands": lot.remaining_count,
        }

    def _counted_of(self, quant):
        """What a line was counted to be; None if it was not."""
        return quant.inventory_quantity if quant.inventory_quantity_set else None

    # -- scanned ----------------------------------------------------------------------

    @api.model
    def _do_scan(self, place, sent):
        meaning = self._meaning(sent, lambda one: one.kind in ("lot", "product"))
        if isinstance(meaning, Result):
            return meaning
        if meaning.kind == "location":
            other = self._document(meaning.id)
            return Result(answer={"open": other.id, "sheet": self._sheet(other)})
        if meaning.kind == "package":
            return self._count_package(place, meaning)
        if meaning.kind not in ("lot", "product"):
            raise UserError(
                self.env._(
                    "“%(name)s” is not known here. Receive it first, then count it.",
                    name=meaning.name,
                )
            )
        product = self.env["product.product"].browse(meaning.product_id)
        if meaning.kind == "product" and product.tracking != "none":
            return Result(
                self.env._("Now the lot of %(product)s", product=product.display_name),
                answer={"product_id": product.id},
            )
        lot = self.env["stock.lot"].browse(meaning.kind == "lot" and meaning.id)
        return self._count_item(place, product, lot, meaning, sent)

    def _count_item(self, place, product, lot, meaning, sent):
        typed = sent["quantity"]
        if typed is None and meaning.quantity is None and not self._is_piece(product):
            return self._ask_amount(product, lot)
        quant = self._quant(place, product, lot)
        before = self._counted_of(quant)
        if typed is not None and typed < 0:
            raise UserError(self.env._("A count is zero or more: type it again."))
        counted = (
            typed if typed is not None else (before or 0) + (meaning.quantity or 1)
        )
        self._set(quant, counted)
        return self._counted(quant, [(quant, before)])

    def _is_piece(self, product):
        """Whether a scan is one more; what is weighed is asked."""
        piece = self.env.ref("uom.product_uom_unit")
        return product.uom_id._has_common_reference(piece)

    def _ask_amount(self, product, lot):
        return question(
            "quantity",
            self.env._(
                "How much of %(item)s is there, in %(unit)s?",
                item=lot.name or product.display_name,
                unit=product.uom_id.name,
            ),
        )

    def _quant(self, place, product, lot):
        """Where this item is counted: outside of packages, of nobody else."""
        domain = [
            ("location_id", "=", place.id),
            ("product_id", "=", product.id),
            ("lot_id", "=", lot.id),
        ]
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        found = quants.search(domain).sorted(
            lambda one: (bool(one.package_id), bool(one.owner_id), one.id)
        )
        if found:
            return found[:1]
        self._be_alone(lot or product)
        return quants.create(
            {
                "location_id": place.id,
                "product_id": product.id,
                "lot_id": lot.id,
                "inventory_quantity": 0,
            }
        )

    def _be_alone(self, item):
        """Whoever finds the same at the same moment begins again, and sees this line.

        Two transactions that insert do not see each other; two that write a row do.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = write_date WHERE id = %s",
                SQL.identifier(item._table),
                item.id,
            )
        )

    def _count_package(self, place, meaning):
        """A closed package: all that is said to be in it is there."""
        quants = self._quants(place).filtered(
            lambda quant: quant.package_id.id == meaning.id
        )
        if not quants:
            raise UserError(
                self.env._(
                    "Package %(package)s should not be at %(place)s: count what is in"
                    " it, lot by lot.",
                    package=meaning.name,
                    place=place.display_name,
                )
            )
        before = [(quant, self._counted_of(quant)) for quant in quants]
        for quant in quants:
            self._set(quant, quant.quantity)
        return self._counted(quants[:1], before)

    def _set(self, quant, counted):
        quant.inventory_quantity = counted
        quant.user_id = self.env.user

    def _counted(self, quant, before):
        message = self.env._(
            "%(item)s: %(quantity)s %(unit)s",
            item=quant.lot_id.name or quant.product_id.display_name,
            quantity=number_text(self.env, quant.inventory_quantity),
            unit=quant.product_uom_id.name,
        )
        undo = [{"quant": one.id, "counted": counted} for one, counted in before]
        return Result(message, answer={"line_id": quant.id}, undo={"quants": undo})

    @api.model
    def _undo(self, place, undo):
        for step in undo["quants"]:
            quant = self._quants(place) & self.env["stock.quant"].browse(step["quant"])
            if not quant:
                raise UserError(
                    self.env._("The count was applied in the meantime: count again.")
                )
            if step["counted"] is None:
                quant.action_clear_inventory_quantity()
            else:
                self._set(quant, step["counted"])
