from typing import NamedTuple


class Item(NamedTuple):
    """What was seen: a lot or a package.

    - ``pieces``: how many of the lot, 0 for all of it
    """

    lot_id: int | None
    package_id: int | None
    pieces: int
