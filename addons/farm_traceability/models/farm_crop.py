import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .counts import count_by

CODE_PATTERN = re.compile(r"[A-Z0-9]{2,6}")


class FarmCrop(models.Model):
    """A species and variety, as the authority describes it."""

    _name = "farm.crop"
    _description = "Crop"
    _inherit = ["mail.thread", "mail.activity.mixin", "image.mixin"]
    _order = "name, id"
    _rec_names_search = ["name", "code", "variety"]

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(
        required=True,
        help="2 to 6 capital letters or digits; lot names begin with it.",
    )
    species = fields.Char(help="Scientific name, for example Musa acuminata.")
    variety = fields.Char()
    description = fields.Html()
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    trait_ids = fields.One2many("farm.crop.trait", "crop_id", copy=True)
    appearance_trait_ids = fields.One2many(
        "farm.crop.trait", "crop_id", domain=[("group", "=", "appearance")]
    )
    texture_trait_ids = fields.One2many(
        "farm.crop.trait", "crop_id", domain=[("group", "=", "texture")]
    )
    taste_trait_ids = fields.One2many(
        "farm.crop.trait", "crop_id", domain=[("group", "=", "taste")]
    )
    nutrition_trait_ids = fields.One2many(
        "farm.crop.trait", "crop_id", domain=[("group", "=", "nutrition")]
    )
    grade_ids = fields.One2many("farm.grade", "crop_id", copy=True)
    guide_ids = fields.One2many("farm.guide", "crop_id")
    guide_count = fields.Integer(compute="_compute_counts")
    cycle_count = fields.Integer(compute="_compute_counts")
    product_tmpl_ids = fields.One2many(
        "product.template", "farm_crop_id", string="Products"
    )
    lot_sequence_id = fields.Many2one(
        "ir.sequence", readonly=True, copy=False, ondelete="restrict"
    )

    _code_unique = models.UniqueIndex(
        "(code)", "There is already a crop with this code."
    )

    @api.constrains("code")
    def _check_code(self):
        for crop in self:
            if not CODE_PATTERN.fullmatch(crop.code):
                raise ValidationError(
                    self.env._(
                        "The crop code “%(code)s” needs 2 to 6 capital letters or"
                        " digits, because lot names begin with it.",
                        code=crop.code,
                    )
                )

    def _compute_counts(self):
        guides = count_by(self, "farm.guide", "crop_id")
        cycles = count_by(self, "farm.cycle", "crop_id")
        for crop in self:
            crop.guide_count = guides.get(crop, 0)
            crop.cycle_count = cycles.get(crop, 0)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        for crop, vals in zip(self, vals_list, strict=True):
            if "code" not in (default or {}):
                vals["code"] = crop._next_free_code()
        return vals_list

    def _next_free_code(self):
        self.ensure_one()
        stem = self.code[:4]
        # Also codes of crops that are archived or another company's are taken.
        crops = self.sudo().with_context(active_test=False)
        taken = set(crops.search([("code", "=like", f"{stem}%")]).mapped("code"))
        return next(f"{stem}{n}" for n in range(2, 100) if f"{stem}{n}" not in taken)

    @api.model_create_multi
    def create(self, vals_list):
        crops = super().create(vals_list)
        crops._create_lot_sequence()
        return crops

    def _create_lot_sequence(self):
        # Crops are kept by officers, who have no right on sequences.
        sequences = (
            self.env["ir.sequence"]
            .sudo()
            .create([crop._prepare_lot_sequence_vals() for crop in self])
        )
        for crop, sequence in zip(self, sequences, strict=True):
            crop.sudo().lot_sequence_id = sequence

    def _prepare_lot_sequence_vals(self):
        self.ensure_one()
        return {
            "name": self.env._("Lots of %(crop)s", crop=self.name),
            "code": "farm.crop.lot",
            "implementation": "standard",
            "padding": 5,
            "company_id": False,
        }

    def _next_lot_names(self, date, count):
        """Return ``count`` lot names that nobody else will ever get.

        The numbers come from the PostgreSQL sequence behind the crop's Odoo
        sequence, in one statement: parallel receipts never collide and never wait.

        :param date: harvest date
        :rtype: list[str], like ``RAJA-261121-00042``, at most 20 characters
            (what GS1 allows in AI 10) up to a million lots
        """
        self.ensure_one()
        # Collectors have no right on sequences.
        sequence = self.sudo().lot_sequence_id
        self.env.cr.execute(
            "SELECT nextval(%s::regclass) FROM generate_series(1, %s)",
            [f"ir_sequence_{sequence.id:03d}", count],
        )
        prefix = f"{self.code}-{date:%y%m%d}-"
        return [
            f"{prefix}{number:0{sequence.padding}d}"
            for (number,) in self.env.cr.fetchall()
        ]
