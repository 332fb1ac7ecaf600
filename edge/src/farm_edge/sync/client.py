"""Requests to the server, and what they end with."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from ..store import Store
from .errors import NotTheServer, Refused, SyncError, Unreachable, Untrusted
from .trust import check_address, context_of

CBOR = "application/cbor"
PROBLEM = "application/problem+json"
PREFIX = "/farm_rfid/v1/"
#: seconds; a line that takes 10 s for a page is slow, not dead
TIMEOUT = httpx.Timeout(30.0, read=120.0, write=60.0)
#: seconds for one answer, however it drips
LONGEST = 600.0
LARGEST_ANSWER = 8_000_000
#: seconds; no server sends a device away for longer
LONGEST_WAIT = 3_600.0
LATER = frozenset({408, 425, 429})
#: before a byte was sent
NO_WAY = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
#: what a client is made of, in this order
CLIENT_SETTINGS = ("server", "trust", "pin", "proxy")


class Client:
    """One server, over one connection that is kept.

    :param proxy: address of a proxy, "" as the environment says, ``none``
    :raises SyncError: each of its requests, as :mod:`.errors` says
    """

    def __init__(
        self,
        server: str,
        trust: str = "",
        pin: str = "",
        proxy: str = "",
        timeout: httpx.Timeout = TIMEOUT,
    ) -> None:
        self.server = server.rstrip("/")
        try:
            check_address(self.server, trust, pin)
        except ValueError:
            raise Unreachable(f"The address {server} is none") from None
        try:
            self._http = httpx.Client(
                verify=context_of(trust, pin),
                proxy=None if proxy in ("", "none") else proxy,
                trust_env=not proxy,
                timeout=timeout,
                follow_redirects=False,
                headers={"Accept": CBOR, "User-Agent": "farm-edge"},
            )
        except (ValueError, httpx.InvalidURL, ImportError):
            # What is wrong with it is not said: its words have the password.
            raise Unreachable("The proxy cannot be used: look at its address") from None

    @classmethod
    def of(cls, store: Store, **others: str) -> Client:
        """The client that the settings say.

        :param others: settings that are not kept yet
        """
        named = {name: store.settings[name] for name in CLIENT_SETTINGS} | others
        return cls(*[named[name] for name in CLIENT_SETTINGS])

    def close(self) -> None:
        """Close the connection; a request that is under way ends with an error."""
        self._http.close()

    def post(self, route: str, body: bytes, token: str = "", coding: str = "") -> bytes:
        """Send a message in CBOR; gives the answer's bytes.

        :param coding: what the body is packed in, "" if it is as it is
        """
        headers = {"Content-Type": CBOR}
        if coding:
            headers["Content-Encoding"] = coding
        return self._ask("POST", route, token, body, headers=headers)

    def get(self, route: str, parameters: Mapping[str, str], token: str) -> bytes:
        """Ask for something; gives the answer's bytes."""
        return self._ask("GET", route, token, parameters=parameters)

    def greet(self) -> datetime | None:
        """Ask for the description of the protocol, which needs no token.

        :return: what time the server says that it is
        """
        url = f"{self.server}{PREFIX}openapi.json"
        try:
            answer = self._http.get(url, headers={"Accept": "application/json"})
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise _named(error, self.server) from error
        media_type = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or "json" not in media_type:
            raise NotTheServer(
                f"{self.server} answers {answer.status_code} to {url}: is the address"
                " another one, or the add-on not installed?"
            )
        try:
            return parsedate_to_datetime(answer.headers["Date"])
        except (KeyError, TypeError, ValueError):
            return None

    # -- one request ------------------------------------------------------------------

    def _ask(
        self,
        method: str,
        route: str,
        token: str,
        body: bytes | None = None,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        known = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            with self._http.stream(
                method,
                f"{self.server}{PREFIX}{route}",
                content=body,
                headers={**known, **(headers or {})},
                params=parameters or None,
            ) as answer:
                return _checked(answer, _read(answer))
        except SyncError:
            raise
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise _named(error, self.server) from error


class KeptClient:
    """The client that the settings say, one as long as they are the same: a connection
    that is kept saves a slow line three ways to and fro."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._client: Client | None = None
        self._named: list[str] = []

    def __call__(self) -> Client:
        named = [self._store.settings[name] for name in CLIENT_SETTINGS]
        if self._client is not None and self._named != named:
            self.close()
        client = self._client
        if client is None:
            client = Client(*named)
            self._client, self._named = client, named
        return client

    def close(self) -> None:
        """Close its connection; it is made anew when it is asked for."""
        if self._client is not None:
            self._client.close()
            self._client = None


def _read(answer: httpx.Response) -> bytes:
    """The bytes of an answer that neither grows nor drips for ever."""
    end, found = time.monotonic() + LONGEST, bytearray()
    for piece in answer.iter_bytes():
        found += piece
        if len(found) > LARGEST_ANSWER:
            raise NotTheServer(f"The answer has over {LARGEST_ANSWER} bytes")
        if time.monotonic() > end:
            raise Unreachable(f"The answer took over {LONGEST:.0f} seconds", True)
    return bytes(found)


def _checked(answer: httpx.Response, raw: bytes) -> bytes:
    media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    if answer.status_code == 200 and media_type == CBOR:
        return raw
    if media_type == PROBLEM:
        raise _refused(answer, raw)
    if answer.status_code >= 500 or answer.status_code in LATER:
        wait = _wait(answer)
        raise Refused(answer.status_code, "http", "no words", "later", wait)
    if answer.status_code == 413:  # a proxy before the server
        raise Refused(413, "too-large", "a proxy takes no message so large", "changed")
    raise NotTheServer(
        f"{answer.url.host} answers {answer.status_code} in {media_type or 'nothing'}:"
        " is there a sign-in page, or is the address another one?"
    )


def _refused(answer: httpx.Response, raw: bytes) -> Refused:
    try:
        said: dict[str, Any] = json.loads(raw)
        problem, detail = str(said["code"]), said.get("detail") or said.get("title")
        retry = str(said.get("retry", "never"))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotTheServer("The problem that is answered cannot be read") from None
    wait = _wait(answer)
    return Refused(answer.status_code, problem, str(detail), retry, wait, said)


def _wait(answer: httpx.Response) -> float | None:
    """Seconds of Retry-After, which may be a date; None where it says nothing, as 0 and
    what is over for this clock do."""
    said = answer.headers.get("Retry-After", "").strip()
    try:
        if said.isascii() and said.isdigit():
            seconds = float(said)
        else:
            moment = parsedate_to_datetime(said)
            seconds = (moment - datetime.now(timezone.utc)).total_seconds()
    except (ValueError, TypeError, IndexError):
        return None
    return min(seconds, LONGEST_WAIT) if seconds > 0 else None


def _named(error: Exception, server: str) -> SyncError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError) and not isinstance(
            cause, (ssl.SSLEOFError, ssl.SSLZeroReturnError)
        ):
            return Untrusted(f"{server} is not believed: {cause}")
        cause = cause.__cause__ or cause.__context__
    return Unreachable(
        f"{server}: {str(error) or type(error).__name__}",
        is_cut=not isinstance(error, NO_WAY),
    )
