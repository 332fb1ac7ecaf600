from odoo import api, models
from odoo.exceptions import AccessError

READERS = "stock.group_stock_user,farm_traceability.group_manager"


class FarmDashboard(models.AbstractModel):
    """What needs a manager's eye: tiles of numbers, each with the records behind it.

    Each tile is a few set-based statements, the same number of them whatever the size
    of the stock. A number is counted by the domain that opens its records, with the
    reader's rights and rules.
    """

    _name = "farm.dashboard"
    _description = "Dashboard"

    @api.readonly
    @api.model
    def get_dashboard(self, values=None):
        """The dashboard for filters.

        :param dict values: any of ``company_id``, ``warehouse_id``, ``crop_id``,
            ``period`` (one of the named ones), ``begin`` and ``end`` (ISO dates)
        :return: dict of ``filters`` (as they are applied), ``options`` to choose from,
            ``summary`` (the filters in words) and ``tiles``, see ``tiles.py``
        :raises UserError: for a filter that cannot be applied
        :raises AccessError: for those who have no dashboard
        """
        self._check_reader()
        # Some statements name columns that the ORM does not know they read.
        self.env.flush_all()
        filters = self._read_filters(values or {})
        return {
            "filters": self._filters_to_values(filters),
            "options": self._get_options(filters),
            "summary": self._get_summary(filters),
            "tiles": self._get_tiles(filters),
        }

    @api.model
    def _check_reader(self):
        if not (self.env.su or self.env.user.has_groups(READERS)):
            raise AccessError(
                self.env._("The dashboard is for managers and inventory users.")
            )

    @api.model
    def _get_tiles(self, filters):
        """Hook for add-ons: the tiles in their order, without those not to be seen.

        :param filters: :class:`Filters`
        """
        makers = (
            self._make_expiring_tile,
            self._make_hold_tile,
            self._make_recall_tile,
            self._make_drill_tile,
            self._make_age_tile,
            self._make_certificate_tile,
            self._make_harvest_tile,
            self._make_delivery_tile,
            self._make_loss_tile,
        )
        return [tile for maker in makers if (tile := maker(filters))]

    @api.model
    def _may_read(self, *names):
        return all(self.env[name].has_access("read") for name in names)
