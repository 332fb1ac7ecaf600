"""Light and sound of a gate, where there is no screen.

``gpio:/dev/gpiochip0:good=17,bad=27,sound=22`` names lines of the Linux GPIO; a tone
lights its line for a moment, and all but ``good`` sound twice. *Untried on a board.*
"""

from __future__ import annotations

import threading
import time
from typing import Any, Protocol

from ..errors import EdgeError
from .view import Tone

LIGHT_SECONDS = 0.8
BEEP_SECONDS = 0.1


class SignalFailed(EdgeError):
    """There is no such line, or it is taken."""

    code = "signal"


class Signal(Protocol):
    """Tells people at a gate; never waits, and nothing is raised."""

    def show(self, tone: Tone) -> None:
        """Light up and sound."""

    def close(self) -> None:
        """Dark and silent."""


class NoSignal:
    """A gate where nobody looks."""

    def show(self, tone: Tone) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


class GpioSignal:
    """Lines of a GPIO chip.

    :param chip: ``/dev/gpiochip0``
    :param lines: ``good``, ``bad`` and ``sound`` → number; each may be missing
    :raises SignalFailed: if there are none, or the library is missing
    """

    def __init__(self, chip: str, lines: dict[str, int]) -> None:
        try:
            import gpiod

            self._on, self._off = gpiod.line.Value.ACTIVE, gpiod.line.Value.INACTIVE
            output = gpiod.LineSettings(direction=gpiod.line.Direction.OUTPUT)
            self._request: Any = gpiod.request_lines(
                chip, consumer="farm-edge", config={tuple(lines.values()): output}
            )
        except (ImportError, OSError, ValueError, AttributeError) as error:
            raise SignalFailed(
                f"The lights at {chip} cannot be had ({error}): see the settings."
            ) from error
        self._lines = lines
        self._turn = threading.Lock()

    def show(self, tone: Tone) -> None:
        """Light up and sound, in a thread of its own."""
        threading.Thread(target=self._show, args=(tone,), daemon=True).start()

    def _show(self, tone: Tone) -> None:
        light = "good" if tone is Tone.GOOD else "bad"
        with self._turn:
            self._set(light, True)
            for _beep in range(1 if tone is Tone.GOOD else 2):
                self._set("sound", True)
                time.sleep(BEEP_SECONDS)
                self._set("sound", False)
                time.sleep(BEEP_SECONDS)
            time.sleep(LIGHT_SECONDS)
            self._set(light, False)

    def _set(self, name: str, is_on: bool) -> None:
        if name in self._lines:
            value = self._on if is_on else self._off
            self._request.set_value(self._lines[name], value)

    def close(self) -> None:
        """Let go of the lines."""
        with self._turn:
            self._request.release()


def signal_of(text: str) -> Signal:
    """The signal that a setting names: ``none``, or ``gpio:…`` as above.

    :raises SignalFailed: if it names none
    """
    if text in ("", "none"):
        return NoSignal()
    kind, _colon, rest = text.partition(":")
    chip, _colon, named = rest.rpartition(":")
    try:
        pairs = dict(one.split("=") for one in named.split(","))
        lines = {name: int(number) for name, number in pairs.items()}
    except ValueError:
        lines = {}
    if kind != "gpio" or not chip or not lines.keys() <= {"good", "bad", "sound"}:
        raise SignalFailed(f"{text!r} names no lights: none, or gpio:CHIP:good=17,…")
    return GpioSignal(chip, lines)
