from odoo import models


class FarmRfidEvent(models.AbstractModel):
    """What a kind of event does; a kind inherits this and is named in ``_kinds()``.

    ``self`` is in the environment of the device's user and company: the rights are
    that user's. The event itself is given with all rights, for its own record only.
    """

    _name = "farm.rfid.event"
    _description = "Kind of Event"

    def _apply(self, event, body):
        """Do what an event says, wholly or not at all.

        :param event: ``farm.device.event``; ``event.at`` is when it was, and
            ``event.waiver_reason`` why a quality manager accepts it all the same
        :param body: ``protocol.body.Body``
        :rtype: Applied
        :raises Damaged: if the body is not what this kind has
        :raises Parked: if it waits for a lot
        :raises Conflict: if it contradicts what is known
        :raises UserError: if a rule refuses it
        """
        raise NotImplementedError

    def _apply_all(self, events, bodies):
        """Do a run of events of this kind at once, all or none; None where each is
        done by itself.

        :return: an ``Applied`` for each, in their order; or the error that one ends
            with, where what it did stays
        :raises: as ``_apply``; then each is done by itself
        """

    def _note_conflict(self, event, body, conflict):
        """Keep what a conflict tells, such as a suspicion; what was done is undone."""
