"""The page of the device, served to this machine."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ..virtual.process import FieldError, Remote
from ..work import Desk
from ..work.trouble import TroubleDesk
from ..work.view import Notice, Receipt, Tone, View
from .acts import WrongNumber, perform
from .guard import NAMES, Guard, Token
from .live import Live, Shown
from .once import Once
from .pages import Pages
from .paper import Printer, PrinterFailed, Spool
from .paper.receipt import slip_of
from .questions import question_of
from .simulator import Simulator
from .speech import Speech

_logger = logging.getLogger(__name__)
HERE = Path(__file__).parent
#: what forms may carry: the weight of each hand of the largest bunch, and some more
MOST_FIELDS = 1_100
#: receipts that were shown last, to be printed
MOST_RECEIPTS = 20
#: acts that answer no question
ANYWHERE = frozenset({"home", "language"})


def app(
    desk: Desk | TroubleDesk,
    language: Callable[[], str] = lambda: "en",
    printer: Callable[[], Printer | None] = lambda: None,
    field: Remote | None = None,
    names: frozenset[str] = NAMES,
) -> Starlette:
    """The page of a desk.

    :param language: asked each time, so that it may be changed
    :param printer: of receipts, asked each time
    :param field: the virtual reader, if that is what the agent runs with
    :param names: by which a browser may call this machine
    """
    screen = Screen(desk, language, printer, field)
    middleware = [Middleware(Guard, names=names)]
    found = Starlette(routes=screen.routes(), middleware=middleware)
    found.state.end = screen.end
    return found


class Screen:
    """What is asked of the page, and what it answers."""

    def __init__(
        self,
        desk: Desk | TroubleDesk,
        language: Callable[[], str],
        printer: Callable[[], Printer | None],
        field: Remote | None,
    ) -> None:
        self._desk, self._language, self._printer = desk, language, printer
        self._token, self._once, self._spool = Token(), Once(), Spool()
        self._receipts: dict[str, Receipt] = {}
        self._instance = secrets.token_hex(8)
        self._simulator = Simulator(field) if field else None
        self._pages = Pages(
            self._token.text, self._instance, self._has_printer, bool(field)
        )
        self._live = Live(desk, self._shown, self._instance)

    def routes(self) -> list[BaseRoute]:
        """Where what is asked."""
        found: list[BaseRoute] = [
            Route("/", self.page),
            Route("/live", self.live),
            Route("/act", self.act, methods=["POST"]),
            Route("/print", self.print, methods=["POST"]),
            Route("/receipt", self.receipt),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]
        if self._simulator:
            found += [
                Route("/simulate", self.simulate),
                Route("/simulate", self.simulate_act, methods=["POST"]),
            ]
        return found

    def end(self) -> None:
        """Let go of all pages."""
        self._live.end()

    # -- what is to be seen -----------------------------------------------------------

    def page(self, request: Request) -> Response:
        """The whole page, as it is now."""
        version, view = self._seen()
        return HTMLResponse(self._pages.page(self._speech(), version, view))

    async def live(self, request: Request) -> Response:
        """The stream of changes."""
        if self._live.is_full:
            return PlainTextResponse("Too many pages are open: close some.", 503)
        since = request.query_params.get("since", "")
        version = int(since) if since.isascii() and since.isdigit() else 0
        return StreamingResponse(
            self._live.stream(version), media_type="text/event-stream"
        )

    def receipt(self, request: Request) -> Response:
        """The receipt of the purchase that is shown, to be printed by the browser."""
        receipt = _receipt_of(self._desk.view())
        if receipt is None:
            return RedirectResponse("/", 303)
        speech = self._speech()
        slip = slip_of(receipt, speech)
        return HTMLResponse(self._pages.receipt(speech, slip))

    # -- what is pressed --------------------------------------------------------------

    async def act(self, request: Request) -> Response:
        """A button: once, and only if what it was shown for is still asked."""
        form = await _form_of(request)
        if not self._token.is_in(form):
            return PlainTextResponse("Load the page again.", 403)
        notice = await to_thread.run_sync(self._press, form)
        return await self._answer(request, notice)

    async def print(self, request: Request) -> Response:
        """Have the receipt that is shown printed."""
        form = await _form_of(request)
        if not self._token.is_in(form):
            return PlainTextResponse("Load the page again.", 403)
        notice = await to_thread.run_sync(self._print, form)
        return await self._answer(request, notice)

    def _press(self, form: Mapping[str, str]) -> Notice | None:
        def deed() -> None:
            is_way_out = form.get("go") or form.get("act") in ANYWHERE
            # A tag that is being written may answer the question meanwhile.
            with self._desk.turn():
                if is_way_out or form.get("question") == question_of(self._desk.view()):
                    perform(self._desk, form)

        try:
            self._once.do(form.get("once", ""), deed)
        except WrongNumber:
            return Notice("app.wrong_number", Tone.WARN)
        return None

    def _print(self, form: Mapping[str, str]) -> Notice | None:
        self._seen()
        receipt, speech = self._receipts.get(form.get("receipt", "")), self._speech()
        if not self._once.do(form.get("once", ""), lambda: None):
            return None  # whoever came first waits for the printer
        try:
            printer = self._printer()
            if receipt is None or printer is None:
                return Notice("print.none", Tone.WARN)
            self._spool.do(partial(printer.print, receipt, speech))
        except PrinterFailed as error:
            _logger.warning("%s", error)
            return Notice(f"print.{error.why}", Tone.BAD)
        return Notice("print.done", Tone.GOOD)

    def _has_printer(self) -> bool:
        try:
            return self._printer() is not None
        except PrinterFailed:
            return True  # what is wrong with it is told when something is printed

    async def _answer(self, request: Request, notice: Notice | None) -> Response:
        if "application/json" not in request.headers.get("accept", ""):
            return RedirectResponse("/", 303)
        return JSONResponse(await to_thread.run_sync(self._shown, notice))

    # -- the virtual reader -----------------------------------------------------------

    def simulate(self, request: Request) -> Response:
        """The virtual reader beside the page."""
        assert self._simulator
        speech = self._speech()
        try:
            tags, is_there = self._simulator.tags(), True
        except FieldError:
            tags, is_there = [], False
        return HTMLResponse(self._pages.simulate(speech, tags, is_there))

    async def simulate_act(self, request: Request) -> Response:
        """Lay a tag on the virtual reader, take it away, make one."""
        assert self._simulator
        form = await _form_of(request)
        if not self._token.is_in(form):
            return PlainTextResponse("Load the page again.", 403)
        try:
            await to_thread.run_sync(self._simulator.perform, form)
        except FieldError as error:
            _logger.warning("%s", error)
        return RedirectResponse("/simulate", 303)

    # -- parts ------------------------------------------------------------------------

    def _speech(self) -> Speech:
        return Speech(self._language())

    def _seen(self) -> tuple[int, View]:
        """A view and a version that is not newer than it."""
        version, view = self._desk.version, self._desk.view()
        if receipt := _receipt_of(view):
            # It is printed also when somebody has gone on before that was asked.
            self._receipts.pop(receipt.id, None)
            self._receipts[receipt.id] = receipt
            while len(self._receipts) > MOST_RECEIPTS:
                del self._receipts[next(iter(self._receipts))]
        return version, view

    def _shown(self, notice: Notice | None = None) -> Shown:
        version, view = self._seen()
        if notice:
            view = replace(view, notice=notice, sound=notice.tone.value)
        html = self._pages.stage(self._speech(), version, view)
        return {"version": version, "html": html, "is_own": notice is not None}


def _receipt_of(view: View) -> Receipt | None:
    """The receipt that is shown, or may be asked for."""
    found = getattr(view, "receipt", None)
    return found if isinstance(found, Receipt) else None


async def _form_of(request: Request) -> dict[str, str]:
    """Fields and values; of a field that is there several times all, by semicolons."""
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return {name: ";".join(map(str, form.getlist(name))) for name in form}
