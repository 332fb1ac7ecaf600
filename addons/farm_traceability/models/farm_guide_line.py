from odoo import api, fields, models

TREATMENT_KINDS = [
    ("washing", "Washing"),
    ("curing", "Curing"),
    ("degreening", "Degreening"),
    ("waxing", "Waxing"),
    ("additive", "Additive"),
    ("cold", "Cold Treatment"),
    ("storage", "Storage"),
]


class FarmGuideLine(models.AbstractModel):
    """What belongs to a guide is frozen with it."""

    _name = "farm.guide.line"
    _description = "Part of a Cultivation Guide"

    guide_id = fields.Many2one(
        "farm.guide", required=True, index=True, ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.guide_id._check_not_published()
        return lines

    def write(self, vals):
        self.guide_id._check_not_published()
        result = super().write(vals)
        self.guide_id._check_not_published()
        return result

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # Translations do not pass through write().
        self.guide_id._check_not_published()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.guide_id._check_not_published()


class FarmGuideFertilizer(models.Model):
    _name = "farm.guide.fertilizer"
    _description = "Fertiliser of a Cultivation Guide"
    _inherit = "farm.guide.line"
    _order = "days_after_planting, id"

    name = fields.Char("Fertiliser", required=True, translate=True)
    is_organic = fields.Boolean("Organic")
    days_after_planting = fields.Integer("Days after Planting")
    dose = fields.Char(help="For example 200 g per plant.")


class FarmGuideTreatment(models.Model):
    _name = "farm.guide.treatment"
    _description = "Post-harvest Treatment of a Cultivation Guide"
    _inherit = "farm.guide.line"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(TREATMENT_KINDS, required=True)
    is_organic = fields.Boolean("Organic")
    agent = fields.Char(translate=True, help="What it is done with.")
    dose_max = fields.Float("Highest Dose", digits=(16, 4))
    dose_unit = fields.Char("Unit")
    has_temperature = fields.Boolean("Limit Temperature")
    temperature_min = fields.Float("From", help="°C")
    temperature_max = fields.Float("To", help="°C")
    hours_max = fields.Float("Longest", help="Hours")
    shelf_life_days = fields.Integer(
        "Shelf Life Change",
        help="Days that the treatment adds to the shelf life of a lot, below zero when"
        " it shortens it. It is added when the treatment makes a new lot.",
    )
    note = fields.Char(translate=True)

    _temperature_ordered = models.Constraint(
        "CHECK (NOT has_temperature OR temperature_max >= temperature_min)",
        "The temperature limits must be a range, the lower one first.",
    )


class FarmGuideShelfLife(models.Model):
    _name = "farm.guide.shelf.life"
    _description = "Shelf Life at a Storage Temperature"
    _inherit = "farm.guide.line"
    _order = "temperature_min, id"

    temperature_min = fields.Float("From", required=True, help="°C")
    temperature_max = fields.Float("To", required=True, help="°C")
    days = fields.Integer("Shelf Life", required=True, help="Days after harvest.")

    _temperature_ordered = models.Constraint(
        "CHECK (temperature_max >= temperature_min)",
        "The temperatures of a shelf life must be a range, the lower one first.",
    )
    _days_positive = models.Constraint(
        "CHECK (days > 0)", "A shelf life is at least one day."
    )
