import logging
import re

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, LockError, UserError
from psycopg2.extras import Json

from ..scenarios.result import Asks
from .sent import cleaned, moment

_logger = logging.getLogger(__name__)

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOST_EVENTS = 100


class FarmScan(models.AbstractModel):
    """The door of the scan screens: all that a device asks, it asks here.

    1. ``menu``: scenarios, with what waits in each
    2. ``open``: a document, as the *sheet* that the device works on without network
    3. ``post``: what was scanned, each event once, in the order it was scanned
    """

    _name = "farm.scan"
    _description = "Scan Screens"

    @api.model
    def _scenarios(self):
        """Models of scenarios by code, in the order of the menu; add-ons add theirs."""
        return {
            "receive": "farm.scan.receive",
            "put_away": "farm.scan.put.away",
            "move": "farm.scan.move",
            "pick": "farm.scan.pick",
            "check": "farm.scan.check",
            "count": "farm.scan.count",
            "look_up": "farm.scan.look.up",
            "split": "farm.scan.split",
            "hold": "farm.scan.hold",
        }

    @api.model
    def menu(self):
        """Scenarios that this user may use, with what waits.

        :rtype: list[dict]
        """
        entries = {
            code: {"code": code} | scenario._menu_entry()
            for code, scenario in self._allowed().items()
        }
        for entry in entries.values():
            if whole := entries.get(entry["within"]):
                whole["count"] += entry["count"]
        return list(entries.values())

    @api.model
    def documents(self, scenario):
        """What waits in a scenario, the most urgent first.

        What is shown within it comes before it, each with its own ``scenario``.
        """
        code = cleaned({"scenario": scenario})["scenario"]
        own = self._scenario(code)._documents()
        inner = [
            document | {"scenario": inside}
            for inside, one in self._allowed().items()
            if one._within == code
            for document in one._documents()
        ]
        return inner + own

    @api.model
    def open(self, scenario, document_id):
        """The sheet of a document.

        :raises UserError: if it is not this user's to work on
        """
        sent = cleaned({"scenario": scenario, "document_id": document_id})
        scenario = self._scenario(sent["scenario"])
        return scenario._sheet(scenario._document(sent["document_id"]))

    @api.model
    def begin(self, scenario):
        """A new document where there is none yet, as its sheet."""
        scenario = self._scenario(cleaned({"scenario": scenario})["scenario"])
        return scenario._sheet(scenario._begin())

    @api.model
    def look_up(self, text, product_id=None):
        """What a scan means, without doing anything."""
        sent = cleaned({"text": text, "product_id": product_id})
        reader = self.env["farm.scan.reader"]
        product = self.env["product.product"].browse(sent["product_id"])
        reading = reader._read(sent["text"], product.exists())
        return {
            "meanings": [one.as_json() for one in reading.meanings],
            "problem": "" if reading.meanings else reader._say_unknown(reading.look),
        }

    @api.model
    def post(self, events):
        """Apply what a device sends.

        :param events: dicts with ``uuid``, ``device``, ``scenario``, ``document_id``,
            ``kind``, ``text``, ``at`` (ms since 1970) and what the kind needs
        :return: an answer for each, in their order: ``uuid``, ``state``, ``message``,
            and what the scenario adds, such as the ``sheet``
        """
        if not isinstance(events, list) or len(events) > MOST_EVENTS:
            raise UserError(
                self.env._(
                    "Send a list of at most %(most)s scans at a time.", most=MOST_EVENTS
                )
            )
        sent = [cleaned(event) for event in events]
        answers = [self._post_one(event) for event in sent]
        self._add_sheets(sent, answers)
        return answers

    def _add_sheets(self, sent, answers):
        """Give the last answer of each document its sheet, as long as it is open."""
        pairs = zip(sent, answers, strict=True)
        last = {(one["scenario"], one["document_id"]): answer for one, answer in pairs}
        for (code, document_id), answer in last.items():
            scenario = self._allowed().get(code)
            document = scenario is not None and scenario._find(document_id)
            if document and "sheet" not in answer:
                answer["sheet"] = scenario._sheet(document)

    # -- one event --------------------------------------------------------------------

    def _post_one(self, sent):
        if not UUID.fullmatch(sent["uuid"]):
            message = self.env._("A scan has no number of its device. Update the app.")
            return {"uuid": sent["uuid"], "state": "refused", "message": message}
        vals = self._event_vals(sent)
        event, is_new = self.env["farm.scan.event"]._claim(sent["uuid"], vals)
        if is_new:
            event.write(self._apply(event, sent))
            return event._as_answer()
        event._check_mine()
        if not event._is_of(sent):
            message = self.env._("Another scan has this number. Scan it again.")
            return {"uuid": sent["uuid"], "state": "refused", "message": message}
        return event._as_answer()

    def _event_vals(self, sent):
        """Values of a new event."""
        return {
            "device": sent["device"][:64],
            "user_id": self.env.uid,
            "company_id": self.env.company.id,
            "scenario": sent["scenario"][:32],
            "kind": sent["kind"][:32] or "scan",
            "text": sent["text"],
            "sent": Json(sent),
            "scanned_at": moment(sent["at"]),
            "state": "refused",
        }

    def _apply(self, event, sent):
        """Do what an event says, wholly or not at all.

        :return: values for the event
        """
        try:
            with self.env.cr.savepoint():
                return self._applied(event, sent)
        except Asks as asked:
            return self._vals_of(asked.result)
        except LockError as error:
            # Somebody is at it this moment: no answer, the request begins again.
            raise ConcurrencyError(str(error)) from error
        except AccessError as error:
            _logger.info("Scan %s refused: %s", event.uuid, error)
            return {
                "message": self.env._(
                    "You may not do this here. Ask whoever gave you this work."
                )
            }
        except UserError as error:
            return {"message": str(error)}

    def _applied(self, event, sent):
        scenario = self._where_scanned(sent)._scenario(event.scenario)
        document = scenario._document_for(event.kind, sent["document_id"])
        if document is not None:
            scenario = scenario.with_company(document.company_id)
            document = document.with_env(scenario.env)
        result = scenario._apply(document, event.kind, sent)
        return (
            self._vals_of(result)
            | scenario._links(document, result)
            | {"company_id": scenario.env.company.id}
        )

    def _where_scanned(self, sent):
        """This door in the companies in which the person was when it was scanned.

        :raises AccessError: if the person works there no more
        """
        if not sent["company_ids"]:
            return self
        door = self.with_context(allowed_company_ids=sent["company_ids"])
        # Asking for them checks them.
        return door.with_company(door.env.companies[:1])

    def _vals_of(self, result):
        return {
            "state": result.state,
            "message": result.message,
            "answer": result.answer,
            "undo": result.undo,
        }

    # -- scenarios --------------------------------------------------------------------

    def _allowed(self):
        models_ = {code: self.env[name] for code, name in self._scenarios().items()}
        return {code: one for code, one in models_.items() if one._is_allowed()}

    def _scenario(self, code):
        scenario = self._allowed().get(code)
        if scenario is None:
            raise UserError(
                self.env._(
                    "“%(scenario)s” is no work that you may do here. Go back to the"
                    " menu.",
                    scenario=str(code)[:32],
                )
            )
        return scenario
