"""Somebody at the page of a device, who presses what is shown there."""

import html
import json
import re
import secrets
import time
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

PATIENCE = 120
PAUSE = 0.02
AS_FORM = {
    "Accept": "application/json",
    "Content-Type": "application/x-www-form-urlencoded",
}
_FORM = re.compile(r"<form.*?</form>", re.S)
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_QUESTION = re.compile(r'data-question="([^"]*)"')
_NOTICE = re.compile(r'<p class="notice is-\w+">.*?<span>(.*?)</span>', re.S)
_CODE = re.compile(r'<b class="code">([^<]*)</b>')
_TAGS = re.compile(r"<[^>]*>\s*")


class Page:
    """What is on the screen.

    ``question`` is what is asked: the step, where it is, of which task, the number of
    the thing at hand.

    :param log: what the agent has logged, for whoever looks for a fault
    """

    def __init__(self, url, log):
        self._host = urlsplit(url).netloc
        self._log = log
        self.look()

    def look(self):
        """See what is there now."""
        self._html = self._asked("GET", "/")

    def _asked(self, *request):
        with closing(HTTPConnection(self._host, timeout=PATIENCE)) as http:
            http.request(*request)
            answer = http.getresponse()
            text = answer.read().decode()
        assert answer.status == 200, text
        return text

    @property
    def question(self):
        return _QUESTION.search(self._html)[1]

    @property
    def notice(self):
        found = _NOTICE.search(self._html)
        return html.unescape(found[1]) if found else ""

    @property
    def codes(self):
        """The codes of bunches or hands that are listed."""
        return _CODE.findall(self._html)

    # -- pressing ---------------------------------------------------------------------

    def press(self, act, **typed):
        """Press a button, with what is typed beside it; a list is several fields."""
        self._send("act", act, typed)

    def go(self, step):
        """Press the button that leads to a step."""
        self._send("go", step, {})

    def type_farmer(self, code):
        """The dialog beside the page; its frame is filled by a script as it opens."""
        self.look()
        frame = {"once": secrets.token_hex(8), "question": self.question}
        self.press("farmer", farmer=code, **frame)

    def _send(self, button, name, typed):
        fields = self._form({button: name}, typed) | typed
        answer = self._asked("POST", "/act", urlencode(fields, doseq=True), AS_FORM)
        self._html = json.loads(answer)["html"]

    def _form(self, button, typed):
        """The hidden fields of a form that says no other than what is typed."""
        for form in _FORM.findall(self._html):
            fields = {k: html.unescape(v) for k, v in _HIDDEN.findall(form)}
            if button.items() <= fields.items() and all(
                fields.get(name, value) == value for name, value in typed.items()
            ):
                return fields
        raise AssertionError(f"No button {button} {typed} on: {self.text()}")

    # -- waiting ----------------------------------------------------------------------

    def until(self, question):
        """Look until this is asked; what is not told of it may be anything.

        :param question: the beginning, ``purchase.tag``
        """
        self.until_so(lambda: f"{self.question}.".startswith(f"{question}."), question)

    def until_so(self, is_so, what):
        """Look until something is so."""
        end = time.monotonic() + PATIENCE
        while not is_so():
            if time.monotonic() > end:
                raise AssertionError(f"Never came {what}: {self.text()}{self._log()}")
            time.sleep(PAUSE)
            self.look()

    def text(self):
        """What is to be read, for people."""
        words = html.unescape(_TAGS.sub(" ", self._html))
        return f"[{self.question}] {' '.join(words.split())[-1500:]}\n"
