from typing import NamedTuple


class Made(NamedTuple):
    """What came of items.

    - ``done``: dict of item → ``stock.picking``; what is in none is left out
    - ``refused``: dict of item → the error that refuses it
    - ``repeated``: items that were done before, and are left as they are
    """

    done: dict
    refused: dict
    repeated: set

    def outcome(self, item, judged):
        """The outcome of a read.

        :param item: ``Item``, or None for what does not count
        :param str judged: what it was before anything was moved
        """
        if item in self.refused:
            return "refused"
        return "repeated" if item in self.repeated else judged
