from odoo import api, fields, models
from odoo.exceptions import UserError

from ...trace.starts import TIMED

KINDS = [
    ("lot", "Lot"),
    ("harvest", "Harvest"),
    ("cycle", "Growing cycle"),
    ("farmer", "Farmer"),
    ("plot", "Plot"),
    ("certificate", "Certificate"),
    ("guide", "Guide version"),
    ("input_lot", "Lot of an input"),
    ("supplier", "Supplier"),
    ("transfer", "Transfer"),
    ("treatment", "Treatment"),
    ("location", "Place"),
]
MODELS = {
    "stock.lot": "lot",
    "farm.harvest": "harvest",
    "farm.cycle": "cycle",
    "farm.plot": "plot",
    "farm.certificate": "certificate",
    "farm.guide": "guide",
    "stock.picking": "transfer",
    "farm.treatment": "treatment",
    "stock.location": "location",
    "res.partner": "supplier",
}
# Kinds whose model stands for another kind unless said.
OTHER_MODELS = {"farmer": "res.partner", "input_lot": "stock.lot"}


class FarmRecallStart(models.Model):
    """What the trace of a recall begins with."""

    _name = "farm.recall.start"
    _description = "Starting Point of a Recall"
    _order = "id"

    recall_id = fields.Many2one(
        "farm.recall", required=True, index=True, ondelete="cascade"
    )
    record = fields.Reference(
        selection="_selection_record", string="What", required=True
    )
    kind = fields.Selection(
        KINDS,
        string="As",
        required=True,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
    )
    since = fields.Datetime("From", help="For places and suppliers only.")
    until = fields.Datetime("To", help="For places and suppliers only.")

    def _selection_record(self):
        return [(model, self.env[model]._description) for model in MODELS]

    @api.depends("record")
    def _compute_kind(self):
        for start in self:
            model = start.record._name if start.record else False
            if not start.kind or self._model_of(start.kind) != model:
                start.kind = start._usual_kind()

    def _usual_kind(self):
        if not self.record:
            return False
        if self.record._name == "res.partner":
            roles = self.record.farm_role_ids.mapped("code")
            return "farmer" if "farmer" in roles else "supplier"
        return MODELS[self.record._name]

    @api.model
    def _model_of(self, kind):
        models_by_kind = {kind: model for model, kind in MODELS.items()}
        return OTHER_MODELS.get(kind) or models_by_kind[kind]

    @api.constrains("kind", "record", "since", "until")
    def _check_fits(self):
        for start in self:
            if self._model_of(start.kind) != start.record._name:
                raise UserError(
                    self.env._(
                        "%(record)s cannot be traced as “%(kind)s”. Choose another"
                        " kind or another record.",
                        record=start.record.display_name,
                        kind=dict(KINDS)[start.kind],
                    )
                )
            if (start.since or start.until) and start.kind not in TIMED:
                raise UserError(
                    self.env._(
                        "A time is for places and suppliers only. Leave it empty for"
                        " %(record)s.",
                        record=start.record.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        starts = super().create(vals_list)
        starts._start_anew()
        return starts

    def write(self, vals):
        self._start_anew()
        result = super().write(vals)
        self._start_anew()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._start_anew()

    def _start_anew(self):
        """Frozen starting points stay; of others, the numbers shown are no more."""
        self.recall_id._check_open()
        self.recall_id._forget_preview()

    @api.depends("record", "kind")
    def _compute_display_name(self):
        for start in self:
            start.display_name = start.record.display_name if start.record else ""
