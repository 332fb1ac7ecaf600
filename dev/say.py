"""What the user reads: steps with their seconds, and errors of one line."""

import time
from contextlib import contextmanager

_taken = []


class Stop(Exception):
    """The command cannot go on; the text says what to do about it."""


def line(text):
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


@contextmanager
def step(text):
    """Announce a step, and say how long it took when it is done."""
    line(f"==> {text} ...")
    start = time.monotonic()
    yield
    seconds = time.monotonic() - start
    _taken.append((seconds, text))
    line(f"    done in {seconds:.0f} s")


def longest(count=3):
    """The steps of this run that took longest, as one line."""
    rows = sorted(_taken, reverse=True)[:count]
    return "; ".join(f"{text}: {seconds:.0f} s" for seconds, text in rows)
