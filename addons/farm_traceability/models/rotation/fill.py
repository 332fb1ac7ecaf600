"""Full lots first: the order in which lots of about the same age are opened."""

from collections import deque


def fill_first(candidates, need, window):
    """Yield candidates as they are to be taken, until the need is met.

    Of those that expire at most ``window`` after the first that is left, the first
    that can fill the whole need is taken; where none can, the first itself. What has
    no date has nothing beside it. Reads no further than the window.

    :param candidates: objects with ``free`` and ``expiry`` (or None), by expiry
    :param float need: how much is wanted
    :param timedelta window: how much later one may expire to be taken before
    """
    coming, ahead, largest = iter(candidates), deque(), 0
    while need > 0:
        while not ahead or _is_beside(ahead[0], ahead[-1], window):
            one = next(coming, None)
            if one is None:
                break
            ahead.append(one)
            largest = max(largest, one.free)
        if not ahead:
            return
        # Only the last one taken can fill what is wanted.
        at = _filler(ahead, need, window) if need <= largest else 0
        chosen = ahead[at]
        del ahead[at]
        need -= chosen.free
        yield chosen


def _filler(ahead, need, window):
    for at, one in enumerate(ahead):
        if at and not _is_beside(ahead[0], one, window):
            break
        if one.free >= need:
            return at
    return 0


def _is_beside(first, other, window):
    if first.expiry is None or other.expiry is None:
        return False
    return other.expiry - first.expiry <= window
