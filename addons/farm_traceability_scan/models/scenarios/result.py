from dataclasses import dataclass, field


@dataclass(slots=True)
class Result:
    """What came of an event.

    - ``state``: see ``farm.scan.event``; what is ``asked`` has done nothing yet
    - ``message``: one sentence for the person
    - ``answer``: what else the screen needs, such as the ``sheet`` or a ``question``
    - ``undo``: what takes it back, for the scenario's ``_undo``
    """

    message: str = ""
    state: str = "applied"
    answer: dict = field(default_factory=dict)
    undo: dict | None = None


def question(kind, message, choices=(), **more):
    """A result that asks back: the next event answers it.

    :param choices: dicts with ``key``, ``name`` and ``detail``
    """
    asked = {"kind": kind, "choices": list(choices), **more}
    return Result(message, "asked", {"question": asked})


class Asks(Exception):
    """Something was tried and undone, as the person is to be asked first."""

    def __init__(self, result):
        super().__init__(result.message)
        self.result = result
