from odoo import api, fields, models


class FarmNumbered(models.AbstractModel):
    """A record's name is the next number of a sequence, its model's if no other."""

    _name = "farm.numbered"
    _description = "Record with a Number for a Name"

    name = fields.Char(readonly=True, copy=False, default="/")

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code(
                    self._get_sequence_code(vals)
                )
        return super().create(vals_list)

    def _get_sequence_code(self, vals):
        """Code of the sequence that numbers a record with these values."""
        return self._name
