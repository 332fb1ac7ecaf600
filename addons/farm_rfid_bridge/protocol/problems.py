"""All that a device can be told instead of an answer, as RFC 9457 has it.

``retry`` says what the device does next: ``later`` sends the same again after a while,
``never`` stops and shows it to a person, ``changed`` sends something else first.
"""

import logging
from typing import Any, ClassVar


class Problem(Exception):
    """A request that gets no answer; the only kind of error of this package.

    :param detail: for whoever reads the log of the device, in English
    :param members: further members of the problem document
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad-request"
    title: ClassVar[str] = "This request cannot be answered"
    retry: ClassVar[str] = "never"
    #: seconds until it may be sent again, where that is ``later``: from and to, so that
    #: many who were told at once do not come back at once
    wait: ClassVar[tuple[int, int]] = (60, 90)
    # Odoo logs an error that has a level as one line, without its trace.
    loglevel: ClassVar[int] = logging.INFO

    def __init__(self, detail: str = "", **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members
        #: whose request it was, for the log of the server
        self.who = ""

    def __str__(self) -> str:
        said = f"{self.status} {self.code}: {self.detail or self.title}"
        return f"{self.who}: {said}" if self.who else said

    def as_json(self) -> dict[str, Any]:
        """The problem document, of media type ``application/problem+json``."""
        return {
            "type": f"urn:farm-rfid:{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "retry": self.retry,
        } | self.members


class Damaged(Problem):
    code = "damaged"
    title = "The message cannot be read"


class TooNew(Problem):
    code = "too-new"
    title = "The message is of a newer version than this server knows"


class BadToken(Problem):
    code = "bad-token"
    title = "The snapshot does not go on from here: begin it anew"
    retry = "changed"


class Unauthenticated(Problem):
    status = 401
    code = "unauthenticated"
    title = "The device does not show a token that is known here"


class BadSignature(Problem):
    status = 401
    code = "bad-signature"
    title = "The signature is not of this device's key"


class Forbidden(Problem):
    status = 403
    code = "forbidden"
    title = "This device may not do this"


class CodeUnknown(Forbidden):
    code = "code-unknown"
    title = "The enrolment code is unknown, used, or older than 15 minutes"


class DeviceSuspended(Forbidden):
    code = "device-suspended"
    title = "The device is suspended"
    retry = "later"


class DeviceQuarantined(Forbidden):
    code = "device-quarantined"
    title = "The device is in quarantine: enrol it anew"


class DeviceRevoked(Forbidden):
    code = "device-revoked"
    title = "The device is revoked"


class DeviceReplaced(Forbidden):
    code = "device-replaced"
    title = "Another device has taken the place of this one"


class UserInactive(Forbidden):
    code = "user-inactive"
    title = "The user on whose behalf the device acts is archived"
    retry = "later"


class UserChanged(Forbidden):
    code = "user-changed"
    title = "The user has other rights than the device was given: a person confirms it"
    retry = "later"


class RegionTooLarge(Forbidden):
    code = "region-too-large"
    title = "There is more here than a device can carry: ask region by region"
    retry = "changed"


class NotThere(Problem):
    status = 404
    code = "not-found"
    title = "There is nothing at this address"


class WrongMethod(Problem):
    status = 405
    code = "wrong-method"
    title = "This address is asked by another method"

    def __init__(self, allow: str = "") -> None:
        super().__init__(f"Ask it by {allow}" if allow else "")
        self.allow = allow


class Gap(Problem):
    status = 409
    code = "gap"
    title = "Events before these are missing"
    retry = "changed"

    def __init__(self, send_from: int) -> None:
        super().__init__(f"Send from event {send_from}", send_from=send_from)


class Fork(Problem):
    status = 409
    code = "fork"
    title = "The device sent another history before: it is in quarantine"


class KeyKnown(Problem):
    status = 409
    code = "key-known"
    title = "This key was enrolled before: make a new one"
    retry = "changed"


class CardRefused(Problem):
    status = 409
    code = "card-refused"
    title = "This card is not signed for this chip"


class TooLarge(Problem):
    status = 413
    code = "too-large"
    title = "The message is larger than this server takes"
    retry = "changed"


class WrongType(Problem):
    status = 415
    code = "wrong-type"
    title = "Send application/cbor or application/json"


class WrongCoding(WrongType):
    code = "wrong-coding"
    title = "Send the body as it is, or packed by gzip"


class Internal(Problem):
    status = 500
    code = "internal"
    title = "The server failed; nothing was changed"
    retry = "later"
    wait = (10, 20)


class Busy(Problem):
    status = 503
    code = "busy"
    title = "The server is busy just now; nothing was changed"
    retry = "later"
    wait = (2, 8)


BY_STATUS = {
    kind.status: kind
    for kind in (Problem, Unauthenticated, Forbidden, NotThere, WrongMethod, TooLarge,
                 WrongType, Internal, Busy)
}  # fmt: skip


def of_status(status: int) -> Problem:
    """The problem that says what an HTTP status says, for those of other hands."""
    return BY_STATUS.get(status, Problem if status < 500 else Internal)()
