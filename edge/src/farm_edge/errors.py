"""The root of everything that the agent raises."""

from __future__ import annotations


class EdgeError(Exception):
    """One sentence: what, where, what to do.

    ``code`` is what a screen translates; the message is for logs.
    """

    code = "edge"
