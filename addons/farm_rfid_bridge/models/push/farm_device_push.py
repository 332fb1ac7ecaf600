import base64
import logging
from uuid import UUID

from odoo import api, fields, models
from odoo.fields import Domain
from psycopg2.errors import LockNotAvailable

from ...protocol import chain, problems
from ...protocol.body import read_body
from ...protocol.clock import in_milliseconds, moment_of

_logger = logging.getLogger(__name__)

# How long a push waits for another one of the same device.
PATIENCE = "5s"
LOCK = """
    SELECT set_config('lock_timeout', %s, true);
    SELECT id FROM farm_device WHERE id = %s FOR NO KEY UPDATE;
    SET LOCAL lock_timeout TO DEFAULT;
"""
LARGEST_INTEGER = 2**31 - 1


class FarmDevice(models.Model):
    """A device sends its journal.

    1. one push of a device at a time; the signature, the chain and its gaps are checked
    2. what was sent before is not done again; its results are as they stand now: what
       was parked or refused may be applied since, or settled by a person
    3. another history than was sent before: both are kept, the device is in quarantine
    4. what is new is stored, applied, and acknowledged in the same transaction
    """

    _inherit = "farm.device"

    def _push(self, push):
        """Take a batch of the device's journal: each event once, in its order.

        ``self`` has all rights: events and cursor are the server's own record. What
        the events do is done with the rights of the device's user.

        :param push: ``protocol.envelope.Push``
        :return: the answer, or the problem ``Fork``, which is given back and not
            raised so that what shows it is kept
        :raises Problem: if nothing of it is taken
        """
        self.ensure_one()
        self._lock()
        self._check_may_talk()
        key = self.key_id
        hashes = chain.check_push(bytes.fromhex(key.public_key), key.number, push)
        if push.from_seq > key.ack_seq + 1:
            raise problems.Gap(key.ack_seq + 1)
        self._check_revocation(push)
        known = self._known_events(push)
        split_at = self._seq_of_fork(push, hashes, known)
        if split_at is not None:
            return self._take_fork(push, hashes, split_at)
        new = self._take(push, hashes)
        self._acknowledge(push, new)
        return self._answer(push, known | new)

    def _lock(self):
        """Wait until no other push of this device is under way.

        :raises Problem: ``Busy``
        """
        try:
            self.env.cr.execute(LOCK, [PATIENCE, self.id], log_exceptions=False)
        except LockNotAvailable:
            raise problems.Busy("Another push of this device is under way") from None

    def _check_revocation(self, push):
        until = self.key_id.revoked_from_seq
        if self.key_id.state == "revoked" and push.from_seq + len(push.events) > until:
            raise problems.DeviceRevoked(
                f"Only events before {until} are taken", until_seq=until - 1
            )

    # -- what is known already --------------------------------------------------------

    def _known_events(self, push):
        """Events that were sent before, the one before this batch among them."""
        last = min(push.from_seq + len(push.events) - 1, self.key_id.ack_seq)
        return self.env["farm.device.event"].search(
            Domain("key_id", "=", self.key_id.id)
            & Domain("seq", ">=", push.from_seq - 1)
            & Domain("seq", "<=", last)
            & Domain("is_fork", "=", False),
            order="seq",
        )

    def _seq_of_fork(self, push, hashes, known):
        """The first event that is not what was sent before, or None."""
        sent = {push.from_seq - 1: push.prev_hash.hex()} | {
            seq: digest.hex() for seq, digest in enumerate(hashes, push.from_seq)
        }
        if push.from_seq == 1 and push.prev_hash != chain.BEGIN:
            return 1
        return next(
            (event.seq for event in known if event.hash != sent[event.seq]), None
        )

    def _take_fork(self, push, hashes, split_at):
        """Keep the other history beside the first, and believe the device no more.

        Each fork is a line in the log, for whoever watches the server.
        """
        since = self.key_id.valid_from
        vals_list = self._prepare_events_vals(push, hashes, split_at, since)
        told = {"is_fork": True, "state": "conflict", "reason_code": "fork"}
        message = self.env._(
            "The device sent another event %(seq)s before. A backup was restored, or"
            " its card was copied: look at both histories, and enrol it anew.",
            seq=split_at,
        )
        told["message"] = message
        self.env["farm.device.event"].create([vals | told for vals in vals_list])
        self._quarantine(message)
        _logger.warning(
            "%s (%s) sent another history from event %s on", self, self.name, split_at
        )
        return problems.Fork(f"Event {split_at} is not what was sent before")

    # -- what is new ------------------------------------------------------------------

    def _take(self, push, hashes):
        """Store and apply the events that were not received yet."""
        key = self.key_id
        since = key.last_at or key.valid_from
        vals_list = self._prepare_events_vals(push, hashes, key.ack_seq + 1, since)
        events = self.env["farm.device.event"].create(vals_list)
        events._settle_copies()
        events._apply_in_order()
        return events

    def _prepare_events_vals(self, push, hashes, from_seq, since):
        """Values of the events of a push, from one on.

        :param since: what nothing of them was before, see ``protocol.clock``
        """
        pairs = [
            (event, digest)
            for event, digest in zip(push.events, hashes, strict=True)
            if event.seq >= from_seq
        ]
        taken = self._taken_ids([str(UUID(bytes=event.id)) for event, _hash in pairs])
        vals_list = []
        for event, digest in pairs:
            vals = self._prepare_event_vals(event, digest, since)
            since = vals["at"]
            vals["is_id_taken"] = vals["uuid"] in taken
            taken.add(vals["uuid"])
            vals_list.append(vals)
        return vals_list

    @api.model
    def _taken_ids(self, uuids):
        """IDs of events that were sent before, and of those settled by a person."""
        events = self.env["farm.device.event"]
        sent = Domain("is_fork", "=", False) & Domain("is_id_taken", "=", False)
        recorded = Domain("is_fork", "=", True) & Domain("state", "=", "settled")
        found = events.search(Domain("uuid", "in", uuids) & (sent | recorded))
        return set(found.mapped("uuid"))

    def _prepare_event_vals(self, event, digest, since):
        now = fields.Datetime.now()
        moment = moment_of(_said_at(event.body), since, now)
        device_at = moment.device_at and moment.device_at.replace(microsecond=0)
        return {
            "device_id": self.id,
            "key_id": self.key_id.id,
            "company_id": self.company_id.id,
            "seq": event.seq,
            "uuid": str(UUID(bytes=event.id)),
            "kind": event.kind,
            "body_raw": base64.b64encode(event.body),
            "hash": digest.hex(),
            "device_at": device_at,
            "at": moment.at.replace(microsecond=0),
            "is_clock_doubtful": moment.is_doubtful,
            "received_at": now,
            "state": "refused",
        }

    # -- what the device is told ------------------------------------------------------

    def _acknowledge(self, push, new):
        last = new[-1:]
        if last:
            self.key_id.write(
                {"ack_seq": last.seq, "ack_hash": last.hash, "last_at": last.at}
            )
        self.write(self._prepare_status_vals(push, fields.Datetime.now()))

    def _prepare_status_vals(self, push, now):
        """How the device is, as far as it says so."""
        ahead = (push.clock - in_milliseconds(now)) // 1000
        status = push.status
        vals = {
            "last_seen": now,
            "clock_offset": max(min(ahead, LARGEST_INTEGER), -LARGEST_INTEGER),
        }
        for name, most in (("backlog", LARGEST_INTEGER), ("battery", 100)):
            if type(status.get(name)) is int and 0 <= status[name] <= most:
                vals[name] = status[name]
        if isinstance(status.get("version"), str):
            vals["agent_version"] = status["version"].replace("\x00", "")[:64]
        return vals

    def _answer(self, push, events):
        key = self.key_id
        return {
            "ack_seq": key.ack_seq,
            "ack_hash": bytes.fromhex(key.ack_hash),
            "results": [
                event._as_result()
                for event in events.sorted("seq")
                if event.seq >= push.from_seq
            ],
            "server_time": in_milliseconds(fields.Datetime.now()),
        }


def _said_at(raw):
    """The time that the body of an event says, in milliseconds, or None."""
    try:
        at = read_body(raw).values.get("at")
    except problems.Damaged:
        return None
    return at if type(at) is int else None
