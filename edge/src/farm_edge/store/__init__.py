"""What the device knows and did, in one SQLite file that loses nothing.

- ``store``: the file and its rooms
- ``journal``: events, their chain of hashes, what the server has of them
- ``writes``: what was written to tags, or was about to be
- ``tasks``: purchases and splits before they are events
- ``codes``, ``keys``, ``identity``: names of bunches, who signs, who the device is
- ``snapshot``, ``intake``: what is carried, and how it comes in
- ``clock``: a time that may be wrong; ``settings``
- ``vault``: what is encrypted on the disk, and what is not
- ``database``, ``schema``: SQLite
- ``errors``: everything that is raised
"""

from .chain import Event, Result
from .errors import (
    CodesUsedUp,
    DiskFailed,
    DiskFull,
    NotEnrolled,
    OtherHistory,
    Quarantined,
    ReadOnly,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreTooNew,
    TaskOver,
    UnfitEvent,
    UnfitSetting,
    WriteOver,
)
from .identity import Enrolled, Identity
from .intake import HashDiffers, Intake, Item, Page, Place
from .journal import Head, Journal
from .snapshot import Record, Snapshot
from .store import Store
from .tasks import Part, Task, Tasks
from .vault import platform_key
from .writes import PendingWrite, Writes

__all__ = [
    "CodesUsedUp",
    "DiskFailed",
    "DiskFull",
    "Enrolled",
    "Event",
    "HashDiffers",
    "Head",
    "Identity",
    "Intake",
    "Item",
    "Journal",
    "NotEnrolled",
    "OtherHistory",
    "Page",
    "Part",
    "PendingWrite",
    "Place",
    "Quarantined",
    "ReadOnly",
    "Record",
    "Result",
    "Snapshot",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreLocked",
    "StoreTooNew",
    "Task",
    "TaskOver",
    "Tasks",
    "UnfitEvent",
    "UnfitSetting",
    "WriteOver",
    "Writes",
    "platform_key",
]
