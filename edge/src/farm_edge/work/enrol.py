"""The device is taken on, by an address and a code that the office gives.

1. the address of the server, where no setting says it
2. the code
3. the server is asked, in a thread of its own

Done once for a new device, and anew for one that the server believes no more. Another
server is that of an enrolled device only when it has taken the device on: until then
what was done, and the token, go to nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from ..errors import EdgeError
from ..store import Identity, Store
from ..sync import Client, Occasion, Refused, Unreachable, Untrusted, enrol
from ..sync.trust import check_address
from ..sync.wire import plain_code
from .card import HomeStep
from .step import Around, Step, Values, WrongInput
from .tap import Tap
from .view import EnrolStage, EnrolView, Tone

#: a code as the server makes it, without the dash
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}")
#: what a name or an address in a URL is made of
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+")


class EnrolStep(Step):
    """See above."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        me = self.store.identity
        self._before = me.number if me else None
        self._code = ""
        self._server: str = self.store.settings["server"]
        self._stage = EnrolStage.CODE if self._server else EnrolStage.SERVER

    def view(self) -> EnrolView:
        """Where it is; done, too, if it was enrolled by a command meanwhile."""
        me = self.store.identity
        is_done = me is not None and me.number != self._before
        return EnrolView(
            stage=EnrolStage.DONE if is_done else self._stage,
            server=self.store.settings["server"] if is_done else self._server,
            code=self._code,
            is_anew=self._before is not None,
            number=me.number if me and is_done else 0,
            name=str(me.description.get("name") or "") if me and is_done else "",
        )

    # -- what a person does -----------------------------------------------------------

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Depends on where it is."""
        by_stage: dict[EnrolStage, Mapping[str, Callable[[Values], Step | None]]] = {
            EnrolStage.SERVER: {"server": self._choose_server},
            EnrolStage.CODE: {"code": self._enrol, "edit": self._edit},
        }
        return by_stage.get(self.view().stage, {})

    def _choose_server(self, values: Values) -> None:
        server = _address(values.text("server"))
        settings = self.store.settings
        try:
            check_address(server, settings["trust"], settings["pin"])
        except Untrusted:
            raise WrongInput("enrol.no_server") from None
        self._server = server
        if self._before is None:  # there is nothing yet that it could be told
            self.store.settings["server"] = self._server
        self._stage = EnrolStage.CODE

    def _edit(self, values: Values) -> None:
        self._stage = EnrolStage.SERVER

    def _enrol(self, values: Values) -> None:
        code = plain_code(values.text("code"))
        if not CODE.fullmatch(code):
            raise WrongInput("enrol.no_code")
        self._code, self._stage = code, EnrolStage.WAIT
        store, server, ask = self.store, self._server, self.around.ask
        self.around.later(self, lambda: _enrolled(store, server, code, ask), self._told)

    # -- the server -------------------------------------------------------------------

    def _told(self, answer: Identity | EdgeError) -> None:
        self._stage = EnrolStage.CODE
        # Who left while it was asked, and came back, asks a second time.
        is_done = self.view().stage is EnrolStage.DONE
        if is_done or not isinstance(answer, EdgeError):
            self.say("enrol.done", Tone.GOOD)
        elif isinstance(answer, Refused) and answer.problem == "code-unknown":
            self._code = ""
            self.say("enrol.code_unknown", Tone.BAD)
        elif isinstance(answer, Refused) and answer.retry == "later":
            self.say("enrol.later", Tone.WARN)
        elif isinstance(answer, Unreachable):
            self.say("enrol.unreachable", Tone.BAD)
        else:
            self.blame(answer)

    def tap(self, tap: Tap) -> Step | None:
        """When it is done, a card is tapped as at home."""
        home = HomeStep(self.around)
        return home.tap(tap) or home


def _enrolled(
    store: Store, server: str, code: str, ask: Callable[[Occasion], None]
) -> Identity:
    """Enrol, and have all fetched that the device works with."""
    named = {"server": server}
    client = Client.of(store, **named)
    try:
        me = enrol(store, client, code, **named)
    finally:
        client.close()
    ask(Occasion.FIRST_USE)
    return me


def _address(text: str) -> str:
    """The address of a server as people type it; https, if they do not say.

    :raises WrongInput: ``enrol.no_server``
    """
    typed = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(typed)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise WrongInput("enrol.no_server") from None
    is_plain = parts.path in ("", "/") and not (parts.query or parts.fragment)
    is_web = parts.scheme in ("http", "https") and "@" not in parts.netloc
    if not (is_plain and is_web and HOST.fullmatch(host)):
        raise WrongInput("enrol.no_server")
    return f"{parts.scheme}://{parts.netloc}"
