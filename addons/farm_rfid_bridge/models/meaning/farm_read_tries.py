import time

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .made import Made

#: seconds to find what is refused among many, well below what a request may take
PATIENCE = 20.0


class _Undone(Exception):
    """What was tried is taken back."""


class FarmReadMeaning(models.AbstractModel):
    """What may be done is done, and what a rule refuses is found among it.

    1. all at once
    2. else those that are refused are found by halves, and the others are done at once
    3. what may be done by itself and not with the others: as much of it as goes
    """

    _inherit = "farm.read.meaning"

    @api.model
    def _make(self, point, items):
        """Do what may be done.

        :rtype: Made
        """
        repeated = self._done_before(point, items)
        within = self._within_packages(items)
        made = self._make_each(
            point, [one for one in items if one not in within and one not in repeated]
        )
        made.repeated.update(repeated)
        for item, package in within.items():
            for told in (made.refused, made.done):
                if package in told:
                    told[item] = told[package]
            if package in repeated:
                made.repeated.add(item)
        return made

    def _make_each(self, point, items):
        done, error = self._try(point, items)
        if not error:
            return Made(done, {}, set())
        until = time.monotonic() + PATIENCE
        refused = self._find_refused(point, items, error, until)
        left = [item for item in items if item not in refused]
        done, error = self._try(point, left)
        if error:
            done, others = self._make_by_halves(point, left, error, until)
            refused |= others
        return Made(done, refused, set())

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

    def _find_refused(self, point, items, error, until):
        """Which of some items that are refused together are refused by themselves.

        :param float until: moment when patience ends; then all of them are
        :return: dict of item → error
        """
        if len(items) == 1 or isinstance(error, AccessError):
            return dict.fromkeys(items, error)
        if time.monotonic() > until:
            return dict.fromkeys(items, self._say_too_many(error))
        first, last = _halves(items)
        _done, why = self._try(point, first, is_kept=False)
        refused = self._find_refused(point, first, why, until) if why else {}
        if not why and len(last) > 1:
            # It is in the other half: that is not tried as a whole.
            return self._find_refused(point, last, error, until)
        _done, why = self._try(point, last, is_kept=False)
        return refused | (self._find_refused(point, last, why, until) if why else {})

    def _make_by_halves(self, point, items, error, until):
        """Do as many as go of some items that are refused together.

        :return: as ``Made`` has it: ``done`` and ``refused``
        """
        if len(items) == 1 or isinstance(error, AccessError):
            return {}, dict.fromkeys(items, error)
        if time.monotonic() > until:
            return {}, dict.fromkeys(items, self._say_too_many(error))
        all_done, refused = {}, {}
        for half in _halves(items):
            done, why = self._try(point, half)
            others = {}
            if why:
                done, others = self._make_by_halves(point, half, why, until)
            all_done |= done
            refused |= others
        return all_done, refused

    def _say_too_many(self, error):
        return UserError(
            self.env._(
                "Too much is refused to try each of it at once. Try again; one reason"
                " is: %(reason)s",
                reason=error,
            )
        )


def _halves(items):
    middle = len(items) // 2
    return items[:middle], items[middle:]
