"""How an event ends."""

from typing import Any, NamedTuple


class Applied(NamedTuple):
    """It was done.

    - ``code``, ``message``: a flag, such as a certificate that has lapsed since
    - ``refs``: what the device is told, as JSON
    - ``links``: values of the event's own fields, such as ``harvest_id``
    - ``arrived``: lineage codes that are known from now on; events that wait for them
      are applied next
    """

    code: str = ""
    message: str = ""
    refs: dict[str, Any] = {}
    links: dict[str, Any] = {}
    arrived: tuple[str, ...] = ()


class Parked(Exception):
    """It is done when the lot of this lineage code arrives."""

    def __init__(self, wait_code):
        super().__init__(wait_code)
        self.wait_code = wait_code


class Conflict(Exception):
    """It contradicts what is known: a person decides.

    :param str code: for programs, such as ``code-taken``
    :param str message: for people, translated
    :param links: values of the event's own fields
    """

    def __init__(self, code, message, **links):
        super().__init__(message)
        self.code = code
        self.message = message
        self.links = links
