from odoo import api, fields, models
from odoo.tools import format_date


class FarmExpiryDigest(models.Model):
    """What one person is told of the lots of one warehouse on one day.

    1. made by :meth:`_make_all`, with the lots that reached a stage
    2. the person has one activity for it, that names how many lots are how near
    3. a later run of the same day adds the lots that came since

    A lot is told of once for each stage and date: the lines are the memory of that.
    """

    _name = "farm.expiry.digest"
    _description = "Expiry Digest"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _mail_post_access = "read"

    date = fields.Date("Day", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", "Responsible", required=True, readonly=True, ondelete="cascade"
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    line_ids = fields.One2many(
        "farm.expiry.digest.line", "digest_id", "Lots", readonly=True
    )
    lot_count = fields.Integer("Number of Lots", compute="_compute_summary")
    summary = fields.Char(compute="_compute_summary")

    _one_a_day = models.UniqueIndex(
        "(user_id, company_id, COALESCE(warehouse_id, 0), date)",
        "There is one digest per responsible person, warehouse and day.",
    )

    @api.depends("date", "warehouse_id")
    def _compute_display_name(self):
        for digest in self:
            digest.display_name = self.env._(
                "%(place)s, %(day)s",
                place=digest.warehouse_id.name or digest.company_id.name,
                day=format_date(self.env, digest.date),
            )

    @api.depends("line_ids.stage")
    def _compute_summary(self):
        for digest in self:
            counts = digest._count_by_stage()
            digest.lot_count = sum(counts.values())
            digest.summary = " · ".join(
                f"{stage}: {count}" for stage, count in counts.items()
            )

    def _count_by_stage(self):
        """How many lots are at each stage, the most urgent first.

        :rtype: dict[str, int]
        """
        groups = self.env["farm.expiry.digest.line"]._read_group(
            [("digest_id", "=", self.id)],
            ["stage", "is_alert"],
            ["__count"],
            order="stage, is_alert desc",
        )
        lines = self.env["farm.expiry.digest.line"]
        return {
            lines._stage_text(stage, is_alert): count
            for stage, is_alert, count in groups
        }

    def action_open_board(self):
        """The board with what is left of the lots of the digest."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "farm_traceability.farm_expiry_board_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [
                ("digest_ids", "in", self.ids),
                ("warehouse_id", "=", self.warehouse_id.id),
                ("company_id", "=", self.company_id.id),
            ],
            "context": {},
        }


class FarmExpiryDigestLine(models.Model):
    _name = "farm.expiry.digest.line"
    _description = "Lot in an Expiry Digest"
    _order = "stage, expiry_day, id"

    digest_id = fields.Many2one(
        "farm.expiry.digest",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    lot_id = fields.Many2one(
        "stock.lot", required=True, readonly=True, ondelete="cascade"
    )
    product_id = fields.Many2one(related="lot_id.product_id")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    stage = fields.Integer(
        "Stage in Days",
        required=True,
        readonly=True,
        help="Days before expiry; 0: it expires.",
    )
    is_alert = fields.Boolean(
        readonly=True, help="The lot has no date of expiry, its alert date was reached."
    )
    stage_text = fields.Char("Stage", compute="_compute_stage_text")
    expiry_day = fields.Date("Expires", required=True, readonly=True)
    days_left = fields.Integer(readonly=True, help="When the digest was made.")
    quantity = fields.Float(
        digits="Product Unit", readonly=True, help="When the digest was made."
    )
    places = fields.Char(readonly=True)

    _told_once = models.UniqueIndex(
        "(lot_id, company_id, COALESCE(warehouse_id, 0), expiry_day, stage)",
        "The lot was told of at this stage already.",
    )

    @api.depends("stage", "is_alert")
    def _compute_stage_text(self):
        for line in self:
            line.stage_text = self._stage_text(line.stage, line.is_alert)

    @api.model
    def _stage_text(self, stage, is_alert):
        if is_alert:
            return self.env._("Alert date reached")
        if stage == 0:
            return self.env._("Expired or expiring today")
        if stage == 1:
            return self.env._("At most 1 day left")
        return self.env._("At most %(days)s days left", days=stage)
