"""What the device is set to, and the printer; the rest is set by command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from .. import __version__
from ..store import UnfitSetting
from ..store.settings import check
from .step import Around, Step, Values, WrongInput
from .view import PAPERS, SettingsStage, SettingsView, Tone

#: what may be written to by who stands before the screen: no disk, no other device
FILES = re.compile(
    r"file:/dev/((usb/)?lp[0-9]+|tty(USB|ACM)[0-9]+|serial/by-(id|path)/[^/]+)"
)


class SettingsStep(Step):
    """Look at settings, or set the printer."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._stage = SettingsStage.ALL

    def view(self) -> SettingsView:
        """All of it."""
        settings, me = self.store.settings, self.store.identity
        paper = settings["paper"]
        return SettingsView(
            stage=self._stage,
            printer=settings["printer"],
            paper=paper,
            papers=PAPERS if paper in PAPERS else (*PAPERS, paper),
            server=settings["server"],
            number=me.number if me else 0,
            version=__version__,
        )

    def actions(self) -> Mapping[str, Callable[[Values], Step | None]]:
        """Depends on what is looked at."""
        if self._stage is SettingsStage.PRINTER:
            return {"printer": self._set_printer}
        return {"edit_printer": self._edit_printer}

    def _edit_printer(self, values: Values) -> None:
        self._stage = SettingsStage.PRINTER

    def _set_printer(self, values: Values) -> None:
        """An address alone is one of the network; "" is no printer."""
        typed, paper = values.text("printer"), values.text("paper") or PAPERS[0]
        is_named = typed.startswith(("network:", "usb:", "file:"))
        address = typed if is_named or not typed else f"network:{typed}"
        try:
            check("printer", address)
            check("paper", paper)
        except UnfitSetting:
            raise WrongInput("settings.no_printer") from None
        is_file = address.startswith("file:")
        is_kept = address == self.store.settings["printer"]
        if is_file and not (is_kept or FILES.fullmatch(address)):
            raise WrongInput("settings.no_printer")
        self.store.settings["paper"] = paper
        self.store.settings["printer"] = address
        self._stage = SettingsStage.ALL
        self.say("settings.kept", Tone.GOOD)
