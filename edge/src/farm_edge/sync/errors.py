"""Everything that goes wrong between the device and its server.

::

    SyncError
    ├── Unreachable     no network, no answer, or it was cut: again after a while
    ├── NotTheServer    somebody else answered, or nothing that can be understood
    ├── Untrusted       the server does not show the key that it should
    └── Refused         the server says why; ``retry`` says what may help
"""

from __future__ import annotations

from typing import Any

from ..errors import EdgeError


class SyncError(EdgeError):
    """Something between the device and its server."""

    code = "sync"


class Unreachable(SyncError):
    """There is no network, or no whole answer: again after a while.

    ``is_cut``: there was a way, and it ended in the middle; less may pass
    """

    code = "unreachable"

    def __init__(self, message: str, is_cut: bool = False) -> None:
        super().__init__(message)
        self.is_cut = is_cut


class NotTheServer(SyncError):
    """Somebody else answered, such as the sign-in page of a network."""

    code = "not_the_server"


class Untrusted(SyncError):
    """The server does not show the key that it should; it was told nothing."""

    code = "untrusted"


class Refused(SyncError):
    """The server answers with a problem.

    - ``problem``: its code, ``gap`` or ``device-revoked``
    - ``retry``: ``later`` the same again, ``never``, ``changed`` something else first
    - ``wait``: seconds until then, or None
    - ``members``: what else it says, such as ``send_from``
    """

    code = "refused"

    def __init__(
        self,
        status: int,
        problem: str,
        detail: str = "",
        retry: str = "never",
        wait: float | None = None,
        members: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(f"The server says {status} {problem}: {detail}")
        self.status = status
        self.problem = problem
        self.retry = retry
        self.wait = wait
        self.members = members or {}

    def number(self, name: str) -> int | None:
        """A number that it says, or None."""
        value = self.members.get(name)
        return value if type(value) is int else None
