from odoo import api, models
from odoo.exceptions import UserError


class StockPackage(models.Model):
    _inherit = "stock.package"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_read(self):
        """Reads are too many for foreign keys, and point to packages all the same."""
        read = self.env["farm.read"]._first_of("package_id", self.ids)
        if read:
            raise UserError(
                self.env._(
                    "The tag of package %(package)s was read: it stays on record.",
                    package=self.browse(read).name,
                )
            )
