from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from .company_check import one_of_each_kind

COUNTS_DATES = "stock.group_stock_manager"


class ArrivalQuants:
    """Quants of lots that were nowhere before, gathered to be made at once.

    Core makes them one by one, each with its own look-ups: more than half of the
    time of a large receipt. For a lot without any quant the look-ups have nothing to
    find, so the sums by place are all that is needed.
    """

    def __init__(self, lines):
        self.line_ids = set(lines.ids)
        self.quantities = defaultdict(float)
        self.in_date = fields.Datetime.now()

    def add(self, line, location, package, quantity):
        key = line.lot_id, location, package, line.owner_id
        self.quantities[key] += quantity

    def prepare_vals_list(self):
        return [
            self._prepare_vals(lot, location, quantity)
            | {"package_id": package.id, "owner_id": owner.id}
            for (lot, location, package, owner), quantity in self.quantities.items()
        ]

    def _prepare_vals(self, lot, location, quantity):
        """Values of a quant, with those that core would compute and write later."""
        return {
            "product_id": lot.product_id.id,
            "location_id": location.id,
            "company_id": location.company_id.id,
            "lot_id": lot.id,
            "quantity": quantity,
            "inventory_quantity_set": False,
            "inventory_diff_quantity": -quantity,
            "in_date": self.in_date,
        } | {name: lot[name] for name in lot.env["stock.quant"]._get_lot_copies()}


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _auto_init(self):
        # The ORM would read and write every quant of a large stock, field by field.
        self._fill_new_copies()
        return super()._auto_init()

    def _fill_new_copies(self):
        """Make the columns of copies that are new, and fill them in one statement."""
        cr, lots = self.env.cr, self.env["stock.lot"]
        names = [
            name
            for name in self._get_lot_copies()
            if not column_exists(cr, self._table, name)
            # What lots have yet to compute, stock computes after them.
            and (column_exists(cr, lots._table, name) or not lots._fields[name].compute)
        ]
        for name in names:
            create_column(cr, self._table, name, self._fields[name].column_type[1])
        known = [name for name in names if column_exists(cr, lots._table, name)]
        if known:
            copies = SQL(", ").join(
                SQL("%s = lot.%s", SQL.identifier(name), SQL.identifier(name))
                for name in known
            )
            cr.execute(
                SQL(
                    """UPDATE stock_quant SET %s FROM stock_lot lot
                        WHERE lot.id = stock_quant.lot_id""",
                    copies,
                )
            )

    @api.model
    def _get_lot_copies(self):
        """Fields that stock keeps as its lot has them, under the same name.

        Reservation reads stock alone: what it sorts or filters by is copied here by a
        related field that is stored.
        """
        return ("expiration_date", "removal_date", "is_on_hold")

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_copies(set().union(*vals_list))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_copies(set(vals))
        return super().write(vals)

    def _refuse_copies(self, names):
        """Who could write them would say which lot is taken first."""
        copies = names & set(self._get_lot_copies())
        if self._is_inventory_mode() and self.env.user.has_group(COUNTS_DATES):
            # As in Odoo, where stock that is counted can be given a removal date.
            copies.discard("removal_date")
        if copies and not self.env.su:
            raise UserError(
                self.env._(
                    "Stock has its dates, grade and certificate from its lot: change"
                    " them there."
                )
            )

    @api.model
    def _create_arrivals(self, arrivals):
        # Stock users have no right to make quants; core uses sudo here as well. Core's
        # own create() makes one record at a time for the sake of the inventory mode,
        # which is not on here: the plain create of all models makes them together.
        quants = self.sudo().with_context(inventory_mode=False)
        return models.BaseModel.create(quants, arrivals.prepare_vals_list())

    def _check_company(self, fnames=None):
        return super(
            StockQuant, one_of_each_kind(self, unlike=["lot_id"])
        )._check_company(fnames)
