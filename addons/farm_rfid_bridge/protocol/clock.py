"""What is made of the time that a device says.

Time never runs backwards along a device's chain, and never before the server's own: an
event lies between the believed time of the event before it and its receipt. So a
backlog of days keeps its times, however many batches it is sent in.
"""

from datetime import datetime, timedelta, timezone
from typing import NamedTuple

#: as far as a device's clock may be off without being told
TOLERANCE = timedelta(minutes=10)
EPOCH = datetime(1970, 1, 1)


class Moment(NamedTuple):
    """A moment, in UTC without time zone.

    - ``at``: between the event before and the receipt
    - ``device_at``: as the device says, or None where that is no time at all
    - ``is_doubtful``: the two are further apart than ``TOLERANCE``
    """

    at: datetime
    device_at: datetime | None
    is_doubtful: bool


def moment_of(
    milliseconds: int | None, previous: datetime, receipt: datetime
) -> Moment:
    """When something happened, by a clock that may be wrong.

    :param milliseconds: since 1970, as the device says
    :param previous: ``at`` of the event before in the chain; for the first one since
        when the device has its key
    :param receipt: when the server got this one
    """
    earliest = min(previous, receipt)
    device_at = of_milliseconds(milliseconds)
    if device_at is None:
        # The earliest: what comes after it keeps its own time.
        return Moment(earliest, None, True)
    at = min(max(device_at, earliest), receipt)
    return Moment(at, device_at, abs(at - device_at) > TOLERANCE)


def of_milliseconds(milliseconds: int | None) -> datetime | None:
    """A moment in UTC without time zone; None for what no calendar has."""
    if milliseconds is None:
        return None
    try:
        return EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None


def in_milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 of a moment in UTC without time zone."""
    return int(moment.replace(tzinfo=timezone.utc).timestamp() * 1000)
