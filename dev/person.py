"""What a person does on Odoo's screens, by the calls that the screens make."""

import itertools
import json
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar

from dev import say

_PATIENCE = 60


class Person:
    """Somebody who is logged in.

    :param port: of Odoo on this machine
    :raises Stop: if Odoo refuses, or is not there
    """

    def __init__(self, port, database, login, password):
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        # What the environment says of proxies is not for this machine.
        straight = urllib.request.ProxyHandler({})
        self._opener = urllib.request.build_opener(cookies, straight)
        self._url = f"http://127.0.0.1:{port}"
        self._numbers = itertools.count(1)
        self._ask(
            "/web/session/authenticate", db=database, login=login, password=password
        )

    def call(self, model, method, *arguments, **options):
        """Call a method as a screen does; gives what it returns."""
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self._ask(
            path, model=model, method=method, args=arguments, kwargs=options
        )

    def find(self, model, *domain, fields=(), **options):
        """Rows of what one may see."""
        return self.call(model, "search_read", domain, list(fields), **options)

    def press(self, model, button, vals):
        """Fill in a dialog and press its button."""
        [number] = self.call(model, "create", [vals])
        return self.call(model, button, [number])

    def _ask(self, path, **params):
        body = {"jsonrpc": "2.0", "id": next(self._numbers), "params": params}
        request = urllib.request.Request(
            self._url + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=_PATIENCE) as answer:
                told = json.load(answer)
        except (OSError, HTTPException) as error:
            raise say.Stop(f"Odoo does not answer: {error}") from error
        if "error" in told:
            data = told["error"].get("data", {})
            raise say.Stop(f"Odoo refused: {data.get('message') or told['error']}")
        return told["result"]
