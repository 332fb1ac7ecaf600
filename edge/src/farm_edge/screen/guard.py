"""Who may ask: this machine's own page, and nothing that a browser brings along.

A web page from elsewhere in the same browser can send requests here, also under a
name of its own that it lets point to this machine. So the name is looked at, whatever
changes something must come from a page of ours, and our pages load nothing from
elsewhere.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: names of this machine, as a browser says them
NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
SAFE = frozenset({"GET", "HEAD"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; manifest-src 'self'; frame-src 'self';"
        " frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    # Of forms, Chromium's Origin header would be "null" under "no-referrer".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Lets through what comes from this machine's pages."""

    def __init__(self, app: ASGIApp, names: frozenset[str] = NAMES) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(message)
            await send(message)

        refusal = self._refusal(scope)
        app = PlainTextResponse(refusal, 403) if refusal else self._app
        await app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> str:
        """Why a request is not answered, or nothing."""
        headers = Headers(scope=scope)
        if _name_of(headers.get("host", "")) not in self._names:
            return "Open this page by the address 127.0.0.1 or localhost."
        if scope["method"] in SAFE:
            return ""
        origin = headers.get("origin")
        if origin is not None and origin != f"{scope['scheme']}://{headers['host']}":
            return "This was asked by a page of another site."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "This was asked by a page of another site."
        return ""


class Token:
    """What only a page of ours has read; another one for each start of the agent."""

    def __init__(self) -> None:
        self.text = secrets.token_urlsafe(24)

    def is_in(self, values: MutableMapping[str, Any] | Any) -> bool:
        """Whether a form carries it."""
        sent = str(values.get("token", ""))
        return hmac.compare_digest(sent.encode(), self.text.encode())


def _name_of(host: str) -> str:
    """The name in a Host header, without the port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _add_headers(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
