from odoo import api, fields, models
from odoo.tools import SQL

from ...reports.cost import unit_cost
from ...reports.count_result import Asked, rows
from ..expiry.farm_expiry_board import MANAGERS

_QUANTITY = {"digits": "Product Unit", "readonly": True}


class FarmCountResult(models.Model):
    """What was counted, what the books said, and what moved since the count before.

    One row for each shelf that was counted: applied counts, and those being entered.
    """

    _name = "farm.count.result"
    _description = "Count Result"
    _auto = False
    _order = "location_id, product_id, lot_id, date desc, id"
    _depends = {
        "farm.count": [
            "company_id", "location_id", "product_id", "lot_id", "owner_id",
            "package_id", "date", "entry_date", "applied_date", "user_id",
            "book_quantity", "counted_quantity", "reserved_quantity", "reason_id",
            "note", "investigator_id", "investigation_date",
        ],
        "stock.quant": [
            "company_id", "location_id", "product_id", "lot_id", "owner_id",
            "package_id", "quantity", "reserved_quantity", "inventory_quantity",
            "inventory_quantity_set", "user_id", "count_entry_date",
            "count_entry_user_id",
        ],
        "stock.move.line": [
            "product_id", "lot_id", "owner_id", "package_id", "result_package_id",
            "location_id", "location_dest_id", "quantity", "quantity_product_uom",
            "date", "state", "move_id", "picking_id",
        ],
        "stock.move": ["is_inventory", "count_id"],
        "stock.location": ["usage", "warehouse_id"],
        "stock.lot": ["product_id"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["categ_id", "uom_id"],
        "res.company": ["currency_id", "partner_id"],
    }  # fmt: skip

    state = fields.Selection(
        [("entered", "Being Entered"), ("applied", "Applied")], readonly=True
    )
    count_id = fields.Many2one("farm.count", readonly=True)
    quant_id = fields.Many2one("stock.quant", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    location_id = fields.Many2one("stock.location", "Place", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", "Category", readonly=True)
    uom_id = fields.Many2one("uom.uom", "Unit", readonly=True)
    lot_id = fields.Many2one("stock.lot", readonly=True)
    owner_id = fields.Many2one("res.partner", readonly=True)
    package_id = fields.Many2one("stock.package", readonly=True)
    date = fields.Datetime("Counted on", readonly=True)
    entry_date = fields.Datetime("Entered on", readonly=True)
    moment = fields.Datetime("Applied on", readonly=True)
    user_id = fields.Many2one("res.users", "Counted by", readonly=True)
    book_quantity = fields.Float("By the Books", **_QUANTITY)
    counted_quantity = fields.Float("Counted", **_QUANTITY)
    difference = fields.Float(**_QUANTITY)
    value = fields.Monetary(
        "Value of the Difference",
        readonly=True,
        groups=MANAGERS,
        help="The difference at today's cost; nothing for goods of another owner.",
    )

    # -- what moved since the count before -------------------------------------------

    last_date = fields.Datetime("Last Count", readonly=True)
    last_applied_date = fields.Datetime("Last Count Applied on", readonly=True)
    last_quantity = fields.Float("Counted Then", **_QUANTITY)
    came = fields.Float("In", **_QUANTITY)
    went = fields.Float("Out", **_QUANTITY)
    came_inner = fields.Float("Internal In", **_QUANTITY)
    went_inner = fields.Float("Internal Out", **_QUANTITY)
    adjusted = fields.Float(
        "Other Adjustments",
        help="Adjustments that are no counts, like counts that were taken back.",
        **_QUANTITY,
    )
    documents = fields.Integer(readonly=True)
    gap = fields.Float(
        "Unexplained by Moves",
        help="What the books say, less the last count and all that moved since.",
        **_QUANTITY,
    )
    meanwhile = fields.Float(
        "Moved While Counting",
        help="Moved after the count was made or entered, and before it was applied.",
        **_QUANTITY,
    )
    late = fields.Float(
        "Entered Late",
        help="Dated before the last count, but entered after it.",
        **_QUANTITY,
    )
    later = fields.Float(
        "Entered Afterwards",
        help="Dated before this count, but entered after it.",
        **_QUANTITY,
    )
    pending_in = fields.Float("On Its Way In", **_QUANTITY)
    pending_out = fields.Float("On Its Way Out", **_QUANTITY)
    reserved_quantity = fields.Float("Reserved", **_QUANTITY)

    # -- who looked into it ----------------------------------------------------------

    investigation = fields.Selection(
        [
            ("none", "No Difference"),
            ("open", "Not Investigated"),
            ("done", "Investigated"),
        ],
        readonly=True,
    )
    reason_id = fields.Many2one("farm.count.reason", readonly=True)
    note = fields.Text(readonly=True)
    investigator_id = fields.Many2one("res.users", "Investigated by", readonly=True)
    investigation_date = fields.Datetime("Investigated on", readonly=True)

    @api.depends("product_id", "lot_id", "location_id")
    def _compute_display_name(self):
        for row in self:
            goods = row.lot_id.name or row.product_id.display_name
            row.display_name = f"{goods} · {row.location_id.display_name}"

    @property
    def _table_query(self):
        # Compiling a statement of this length takes longer than to run it.
        self.env.cr.execute("SELECT set_config('jit', 'off', TRUE)")
        return rows(Asked(fields.Datetime.now(), unit_cost(self.env, SQL("shelf"))))
