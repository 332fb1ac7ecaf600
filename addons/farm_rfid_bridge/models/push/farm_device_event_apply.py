import logging
from itertools import groupby

import psycopg2
from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError

from ...protocol.problems import Damaged
from ..events.results import Applied, Conflict, Parked

_logger = logging.getLogger(__name__)


class FarmDeviceEvent(models.Model):
    """From an event to its result: each wholly or not at all, in the device's order."""

    _inherit = "farm.device.event"

    @api.model
    def _kinds(self):
        """Models of kinds of events by their name; add-ons add theirs."""
        return {"purchase": "farm.rfid.purchase"}

    def _apply_in_order(self):
        """Apply events as they stand in the recordset; then those that wait for them.

        ``self`` has all rights: an event is the server's own record.
        """
        arrived = []
        # Odoo's groupby would put later runs to the first of their kind.
        runs = groupby(  # pylint: disable=bad-builtin-groupby
            self, key=lambda event: (event.device_id, event.kind)
        )
        for (_device, _kind), run in runs:
            events = self.browse([event.id for event in run])
            arrived += events._apply_run()
        if arrived:
            self._apply_waiting(arrived)

    def _apply_run(self):
        """Apply events of one device and kind.

        :return: lineage codes that arrived
        """
        results = self._results_at_once() if len(self) > 1 else None
        if results is None:
            results = [event._result() for event in self]
        arrived = []
        for event, result in zip(self, results, strict=True):
            event.write(event._prepare_result_vals(result))
            arrived += getattr(result, "arrived", ())
        return arrived

    def _results_at_once(self):
        """Results of a run that is applied as one, or None."""
        handler = self[0]._handler()
        if handler is None or any(event.is_id_taken for event in self):
            return None
        try:
            with self.env.cr.savepoint():
                bodies = [event._read_body() for event in self]
                return handler._apply_all(self, bodies)
        except (psycopg2.IntegrityError, psycopg2.DataError):
            return None
        except (psycopg2.Error, ConcurrencyError):
            raise
        except Exception:  # each by itself tells what is wrong, and with which
            return None

    def _result(self, user=None):
        """Apply one event; gives ``Applied``, or the error that it ends with.

        :param user: who tries it, the device's user if nobody else
        """
        if self.is_id_taken:
            return self._id_taken()
        handler = self._handler(user)
        if handler is None:
            return self._unknown_kind()
        try:
            return self._apply_by(handler)
        except (Conflict, Damaged, Parked, UserError) as error:
            return error
        except (psycopg2.IntegrityError, psycopg2.DataError) as error:
            return self._of_database(error)
        except (psycopg2.Error, ConcurrencyError):
            raise
        except Exception as error:  # one event must not stop a device for ever
            _logger.exception("%s cannot be applied", self.display_name)
            return error

    def _apply_by(self, handler):
        """What the kind's model makes of the event; its conflict, when it is noted."""
        body = self._read_body()
        try:
            with self.env.cr.savepoint():
                return handler._apply(self, body)
        except Conflict as conflict:
            with self.env.cr.savepoint():
                handler._note_conflict(self, body, conflict)
            return conflict

    def _handler(self, user=None):
        """The kind's model with the rights of the user, or None for a strange kind."""
        name = self._kinds().get(self.kind)
        if name is None:
            return None
        user = user or self.device_id.user_id
        context = {
            "lang": user.lang,
            "tz": user.tz,
            "allowed_company_ids": self.company_id.ids,
        }
        return self.env(user=user.id, su=False, context=context)[name]

    # -- results ----------------------------------------------------------------------

    def _prepare_result_vals(self, result):
        """Values that say how the event ended."""
        blank = {"reason_code": False, "message": False, "wait_code": False}
        if isinstance(result, Applied):
            return blank | self._prepare_applied_vals(result)
        if isinstance(result, Parked):
            code = {"reason_code": "waits", "wait_code": result.wait_code}
            return blank | {"state": "parked"} | code
        if isinstance(result, Conflict):
            said = {"reason_code": result.code, "message": result.message}
            return {"state": "conflict", "wait_code": False} | said | result.links
        return blank | {"state": "refused"} | self._prepare_refused_vals(result)

    def _prepare_applied_vals(self, result):
        return {
            "state": "applied",
            "reason_code": result.code,
            "message": result.message,
            "refs": result.refs,
        } | result.links

    def _prepare_refused_vals(self, error):
        if isinstance(error, Damaged):
            return {"reason_code": "bad-body", "message": error.detail}
        if isinstance(error, AccessError):
            _logger.info("%s: %s", self.display_name, error)
            return {"reason_code": "no-right", "message": self._say_no_right()}
        if isinstance(error, UserError):
            return {"reason_code": "refused", "message": str(error)}
        return {"reason_code": "internal", "message": self._say_internal()}

    def _of_database(self, error):
        """A rule of the database itself objects, such as that a code is unique."""
        model = self.env["base"]
        for one in self.env.registry.values():
            if one._table == error.diag.table_name:
                model = self.env[one._name]
                break
        return Conflict("taken", model._sql_error_to_message(error))

    def _id_taken(self):
        return Conflict(
            "id-taken",
            self.env._("Another event has this ID: the device's journal is damaged."),
        )

    def _unknown_kind(self):
        return UserError(
            self.env._(
                "Events of the kind “%(kind)s” are not known here: an app may be"
                " missing, or the server is older than the device.",
                kind=self.kind,
            )
        )

    def _say_no_right(self):
        return self.env._(
            "%(user)s may not do this. Give the user the right, and try again.",
            user=self.device_id.user_id.name,
        )

    def _say_internal(self):
        return self.env._(
            "The server failed on this event; its log says why. Try again when that is"
            " put right."
        )
