from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

#: how often a batch is halved to find what is refused; more is refused as a whole
MOST_TRIES = 64


class _Undone(Exception):
    """What was tried is taken back."""


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
    def _make(self, point, items):
        """Do what may be done.

        :return: what ``_do`` gives, and a dict of item → the error that refuses it
        """
        within = self._within_packages(items)
        done, refused = self._make_each(
            point, [item for item in items if item not in within]
        )
        for item, package in within.items():
            if package in refused:
                refused[item] = refused[package]
            elif package in done:
                done[item] = done[package]
        return done, refused

    def _make_each(self, point, items):
        done, error = self._try(point, items)
        if not error:
            return done, {}
        refused = self._find_refused(point, items, error, [MOST_TRIES])
        left = [item for item in items if item not in refused]
        done, error = self._try(point, left)
        if error:
            # Each may be done by itself, and not all of them.
            refused |= dict.fromkeys(left, error)
        return done, refused

    def _try(self, point, items, is_kept=True):
        """Do it wholly or not at all.

        :return: what ``_do`` gives, and None or the error
        """
        done = {}
        if not items:
            return done, None
        try:
            with self.env.cr.savepoint():
                done = self._do(point, items)
                if not is_kept:
                    raise _Undone
        except _Undone:
            return {}, None
        except UserError as error:
            return {}, error
        return done, None

    def _find_refused(self, point, items, error, tries):
        """Which of the items are refused, by halves.

        :param list tries: how many are left
        """
        if len(items) == 1 or tries[0] <= 0 or isinstance(error, AccessError):
            return dict.fromkeys(items, error)
        middle = len(items) // 2
        refused = {}
        for half in (items[:middle], items[middle:]):
            tries[0] -= 1
            _done, why = self._try(point, half, is_kept=False)
            if why:
                refused |= self._find_refused(point, half, why, tries)
        # Each half may be done by itself, and not both.
        return refused or dict.fromkeys(items, error)

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
