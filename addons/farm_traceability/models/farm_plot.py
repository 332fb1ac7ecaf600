from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..geometry import GeometryError, read_geometry
from .counts import count_by


class FarmPlot(models.Model):
    """A piece of land where a farmer grows."""

    _name = "farm.plot"
    _description = "Plot"
    _inherit = ["farm.evidence", "mail.thread", "mail.activity.mixin"]
    _order = "farmer_id, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(copy=False, help="Number in the register of plots.")
    farmer_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain=[("farm_role_ids.code", "=", "farmer")],
    )
    company_id = fields.Many2one(
        "res.company", related="farmer_id.company_id", store=True, index=True
    )
    region_id = fields.Many2one(
        "farm.region",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_region_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    area = fields.Float("Stated Area", digits=(16, 4), tracking=True, help="Hectares.")
    geometry = fields.Text(
        "GeoJSON",
        help="Point, Polygon or MultiPolygon in WGS 84, longitude first.",
    )
    geometry_kind = fields.Char(compute="_compute_geometry", store=True)
    latitude = fields.Float(compute="_compute_geometry", store=True, digits=(9, 6))
    longitude = fields.Float(compute="_compute_geometry", store=True, digits=(9, 6))
    measured_area = fields.Float(
        compute="_compute_geometry",
        store=True,
        digits=(16, 4),
        help="Hectares on the WGS 84 ellipsoid, from the polygon.",
    )
    area_deviation = fields.Float(
        compute="_compute_area_deviation",
        help="How far the stated area is from the measured one.",
    )
    map_url = fields.Char(compute="_compute_map_url")
    land_title = fields.Char(help="Reference of the land title.")
    state = fields.Selection(
        [("active", "In Use"), ("fallow", "Fallow"), ("retired", "Given up")],
        string="Status",
        default="active",
        required=True,
        tracking=True,
    )
    active = fields.Boolean(default=True)
    cycle_ids = fields.One2many("farm.cycle", "plot_id", "Growing Cycles")
    harvest_ids = fields.One2many("farm.harvest", "plot_id", "Harvests")
    cycle_count = fields.Integer(compute="_compute_cycle_count")

    _code_unique = models.UniqueIndex(
        "(code) WHERE code <> ''", "Another plot has this number already."
    )
    _area_positive = models.Constraint(
        "CHECK (area >= 0)", "The area of a plot cannot be negative."
    )

    @api.depends("farmer_id")
    def _compute_region_id(self):
        for plot in self:
            plot.region_id = plot.region_id or plot.farmer_id.farm_region_id

    @api.depends("geometry")
    def _compute_geometry(self):
        for plot in self:
            try:
                geometry = read_geometry(plot.geometry) if plot.geometry else None
            except GeometryError:
                geometry = None  # the constraint says what is wrong
            plot.geometry_kind = geometry.kind if geometry else False
            plot.latitude = geometry.latitude if geometry else 0.0
            plot.longitude = geometry.longitude if geometry else 0.0
            plot.measured_area = geometry.hectares if geometry else 0.0

    @api.depends("area", "measured_area")
    def _compute_area_deviation(self):
        for plot in self:
            measured = plot.measured_area
            plot.area_deviation = (
                abs(plot.area - measured) / measured if measured and plot.area else 0.0
            )

    @api.depends("latitude", "longitude")
    def _compute_map_url(self):
        for plot in self:
            plot.map_url = plot.geometry_kind and (
                "https://www.openstreetmap.org/"
                f"?mlat={plot.latitude:.6f}&mlon={plot.longitude:.6f}"
                f"#map=18/{plot.latitude:.6f}/{plot.longitude:.6f}"
            )

    def _compute_cycle_count(self):
        counts = count_by(self, "farm.cycle", "plot_id")
        for plot in self:
            plot.cycle_count = counts.get(plot, 0)

    @api.constrains("geometry")
    def _check_geometry(self):
        for plot in self.filtered("geometry"):
            try:
                read_geometry(plot.geometry)
            except GeometryError as error:
                raise ValidationError(
                    self.env._(
                        "The geometry of plot %(plot)s cannot be used: %(fault)s",
                        plot=plot.name,
                        fault=error.sentence(self.env._),
                    )
                ) from error

    def action_open_map(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.map_url, "target": "new"}
