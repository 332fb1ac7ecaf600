from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class FarmReadMeaning(models.AbstractModel):
    """What reads at a point mean. ``self`` has the rights of the device's user."""

    _name = "farm.read.meaning"
    _description = "Meaning of Reads"

    @api.model
    def _misplaced(self, point):
        """Whether something should not be read here, before anything is moved.

        :return: SQL of an outcome, or NULL, for ``found.lot_id``, ``found.package_id``
        """
        return SQL("NULL")

    @api.model
    def _do(self, point, items):
        """Do what the reads of these items mean.

        :param items: ``Item``; none twice
        :return: dict of item → ``stock.picking``; what is in none is left out
        :raises UserError: if a rule refuses one of them
        """
        raise NotImplementedError

    @api.model
    def _stays(self, point):
        """Whether a piece that was moved here last may still be so by the books.

        :return: SQL of a condition on ``found.lot_id``
        """
        return SQL("FALSE")

    def _done_before(self, point, items):
        """Those of the items for which an earlier read did all, and which wait."""
        return set()

    # -- what was seen ----------------------------------------------------------------

    def _lot(self, item):
        return self.env["stock.lot"].browse(item.lot_id or [])

    def _package(self, item):
        return self.env["stock.package"].browse(item.package_id or [])

    def _item_name(self, item):
        return self._lot(item).name or self._package(item).name

    def _packages_within(self, items):
        """Packages that were seen, and those within: dict of id → item."""
        seen = {item.package_id: item for item in items if item.package_id}
        if not seen:
            return {}
        packages = self.env["stock.package"].search([("id", "child_of", list(seen))])
        return {
            package.id: seen[outer]
            for package in packages
            for outer in map(int, package.parent_path.split("/")[:-1])
            if outer in seen
        }

    def _within_packages(self, items):
        """Lots all of which lies in a package that was seen too: dict of items."""
        packages = self._packages_within(items)
        lots = {item.lot_id: item for item in items if item.lot_id}
        if not packages or not lots:
            return {}
        inside = Domain("location_id.usage", "in", ("internal", "transit"))
        quants = self._quants(list(lots.values()), inside)
        return {
            item: packages[of_item[0].package_id.id]
            for item, of_item in quants.items()
            if of_item and all(quant.package_id.id in packages for quant in of_item)
        }

    def _quants(self, items, domain):
        """What lies there of each item; of a package all that is in it.

        :return: dict of item → ``stock.quant``
        """
        packages = self._packages_within(items)
        lots = {item.lot_id: item for item in items if item.lot_id}
        found = dict.fromkeys(items, self.env["stock.quant"].browse())
        quants = self.env["stock.quant"].search(
            domain
            & (
                Domain("lot_id", "in", list(lots))
                | Domain("package_id", "in", list(packages))
            )
            & Domain("quantity", ">", 0)
        )
        for item, ids in quants.grouped(
            lambda quant: packages.get(quant.package_id.id) or lots[quant.lot_id.id]
        ).items():
            found[item] = ids
        return found
