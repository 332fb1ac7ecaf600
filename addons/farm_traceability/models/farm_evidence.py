from odoo import api, models
from odoo.exceptions import UserError
from odoo.models import MAGIC_COLUMNS


class FarmEvidence(models.AbstractModel):
    """What is read-only on the screen is read-only by RPC and import as well.

    Methods of the model, which check what they do, write such fields with ``sudo``.
    """

    _name = "farm.evidence"
    _description = "Record with Fields that Only its Methods Set"

    def _method_fields(self):
        """Fields that only the model's methods set."""
        return {
            name
            for name, field in self._fields.items()
            if field.store and field.readonly
        } - {"name", *MAGIC_COLUMNS, *self.env["mail.thread"]._fields}

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        method_fields = self._method_fields()
        self._refuse_entered(method_fields.intersection(set().union(*vals_list)))
        return (
            super(FarmEvidence, self._without_defaults_of(method_fields))
            .create(vals_list)
            .with_env(self.env)
        )

    def write(self, vals):
        if not self.env.su:
            self._refuse_entered(self._method_fields() & set(vals))
        return super().write(vals)

    def _without_defaults_of(self, method_fields):
        context = {
            key: value
            for key, value in self.env.context.items()
            if key.removeprefix("default_") not in method_fields
        }
        return self.with_env(self.env(context=context))

    def _refuse_entered(self, names):
        if names:
            labels = [
                self._fields[name]._description_string(self.env) for name in names
            ]
            raise UserError(
                self.env._(
                    "%(fields)s (%(model)s) is never typed in or imported: it follows"
                    " from what is done. Leave it out.",
                    fields=", ".join(sorted(labels)),
                    model=self.env["ir.model"]._get(self._name).name,
                )
            )
