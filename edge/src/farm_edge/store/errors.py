"""Everything that the store raises.

::

    StoreError
    ├── StoreDamaged      the file is not whole, or the chain in it is broken
    ├── StoreTooNew       a later version of the agent wrote it
    ├── StoreLocked       it was locked with a key that is not here
    ├── StoreBusy         another process holds it
    ├── DiskFailed        the disk took nothing; what was there before stands
    │   ├── DiskFull
    │   └── ReadOnly
    ├── NotEnrolled       the device has no number yet
    ├── Quarantined       the server believes the device no more
    ├── CodesUsedUp       all codes of its number are given
    ├── UnfitEvent        no event of the journal: it would be refused for ever
    ├── UnfitSetting      a setting cannot have this value
    ├── OtherHistory      the server has other events than this journal
    ├── WriteOver         the write was verified or given up before
    └── TaskOver          the purchase or split has ended before
"""

from __future__ import annotations

from ..errors import EdgeError


class StoreError(EdgeError):
    """Something of the store."""

    code = "store"


class StoreDamaged(StoreError):
    """The file is not whole: keep it, and set the device up anew."""

    code = "store_damaged"


class StoreTooNew(StoreError):
    """A later version of the agent wrote it: update the agent."""

    code = "store_too_new"


class StoreLocked(StoreError):
    """It was locked with a key that is not here."""

    code = "store_locked"


class StoreBusy(StoreError):
    """Another process holds it for long."""

    code = "store_busy"


class DiskFailed(StoreError):
    """The disk did not take it; nothing was changed."""

    code = "disk_failed"


class DiskFull(DiskFailed):
    """There is no room; nothing was changed."""

    code = "disk_full"


class ReadOnly(DiskFailed):
    """The disk may not be written, as worn SD cards end."""

    code = "disk_read_only"


class NotEnrolled(StoreError):
    """The device has no number and no key yet."""

    code = "not_enrolled"


class Quarantined(StoreError):
    """The server believes the device no more until it is enrolled anew."""

    code = "quarantined"


class CodesUsedUp(StoreError):
    """All codes of the device's number are given: enrol it anew."""

    code = "codes_used_up"


class UnfitEvent(StoreError, ValueError):
    """An event that no server would take; it is not written down."""

    code = "unfit_event"


class UnfitSetting(StoreError, ValueError):
    """A setting cannot have this value; it is as it was."""

    code = "unfit_setting"


class OtherHistory(StoreError):
    """The server acknowledges other events than are in this journal."""

    code = "other_history"


class WriteOver(StoreError):
    """The write was verified or given up before."""

    code = "write_over"


class TaskOver(StoreError):
    """The purchase or split has ended before."""

    code = "task_over"
