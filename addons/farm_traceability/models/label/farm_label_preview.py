import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...labels import render_png
from .drawer import Drawer
from .sentences import Problem, in_words, worded


class FarmLabelTemplate(models.Model):
    """How a label looks while it is designed: of an example lot, or of made-up values.

    What cannot be printed cannot be saved either, and its sentence stands in place of
    the picture.
    """

    _inherit = "farm.label.template"

    example_lot_id = fields.Many2one(
        "stock.lot",
        "Preview with Lot",
        copy=False,
        ondelete="set null",
        help="Empty: the preview shows made-up values.",
    )
    preview = fields.Text(
        compute="_compute_preview", help="The picture, as an address that holds it."
    )
    preview_problem = fields.Char(compute="_compute_preview")

    @api.depends(lambda self: self._get_preview_fields())
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_preview(self):
        for template in self:
            template.preview, template.preview_problem = template._get_preview()

    def _get_preview_fields(self):
        blocks = self.env["farm.label.block"]._get_design_fields()
        return [
            *self._get_design_fields(),
            *(f"block_ids.{name}" for name in blocks),
            "example_lot_id",
        ]

    def _get_preview(self):
        """:return: address of the picture, and a sentence where there is none"""
        try:
            return self._draw_preview(self._get_example()), False
        except Problem as problem:
            return False, worded(self.env, problem)
        except UserError as error:
            return False, str(error)

    def _draw_preview(self, content):
        drawer = Drawer(self)
        picture = render_png(drawer.format, drawer.draw(*content))
        return f"data:image/png;base64,{base64.b64encode(picture).decode()}"

    def _get_example(self):
        """What stands on the label of the preview; see ``farm.label.values``."""
        values = self.env["farm.label.values"]
        values = values.with_context(lang=self.lang) if self.lang else values
        lot = self.example_lot_id._origin
        if lot and lot.has_access("read"):
            [subject] = lot._get_label_subjects("lot")
            return values._contents([subject])[0]
        return values._example()

    @api.constrains(lambda self: self._get_design_fields())
    def _check_drawing(self):
        """A label that is too small for what is on it is not saved."""
        for template in self:
            with in_words(self.env, template.name):
                Drawer(template).draw(*self.env["farm.label.values"]._example())


class FarmLabelBlock(models.Model):
    _inherit = "farm.label.block"

    @api.constrains(lambda self: self._get_design_fields())
    def _check_drawing(self):
        self.template_id._check_drawing()

    def _get_design_fields(self):
        """Fields that change how the block looks."""
        return [
            *("sequence", "kind", "x", "y", "width", "height", "content", "caption"),
            *("font_size", "bold", "align", "rotation", "module", "may_cut"),
            *("is_optional", "picture", "image"),
        ]
