"""``farm-edge``: everything that the screen does, and what looks after a device."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from .. import __version__
from ..errors import EdgeError
from ..store import Store
from ..virtual.command import main as simulate_tag
from ..work.purchase import MOST_HANDS
from ..work.step import MOST_GRAMS
from . import tags, trade, upkeep
from .arguments import number, seconds
from .doctor import doctor
from .exits import MEANINGS, Exit, NotDone, exit_of
from .output import Output
from .place import opened
from .run import run

log = logging.getLogger(__name__)
WithStore = Callable[[Namespace, Store, Output], Exit]
SECONDS = 60.0


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    :return: the exit code
    """
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == ["simulate-tag"]:
        return simulate_tag(given[1:])
    output = Output("--json" in given)
    try:
        wish = _parser().parse_args(given)
        level = logging.INFO if wish.verbose else logging.WARNING
        logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
        done = wish.work(wish, output)
        sys.stdout.flush()
        return done  # type: ignore[no-any-return]
    except EdgeError as error:
        output.error(error.code, str(error))
        return exit_of(error)
    except BrokenPipeError:  # who reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED
    except OSError as error:
        output.error("system", f"{error.strerror or error}: {error.filename or ''}")
        return Exit.STORE
    except KeyboardInterrupt:
        return Exit.FAILED
    except Exception as error:  # whatever it is, a script is told by code and JSON
        log.info("what was asked failed", exc_info=True)
        what = f"{type(error).__name__}: {error}"
        output.error("unexpected", f"That failed ({what}): --verbose tells more.")
        return Exit.FAILED


def _with_store(work: WithStore) -> Callable[[Namespace, Output], Exit]:
    def do(wish: Namespace, output: Output) -> Exit:
        with opened(wish) as store:
            return work(wish, store, output)

    return do


# -- arguments -------------------------------------------------------------------------


class _Parser(ArgumentParser):
    """Says what is wrong as every other error is said."""

    def error(self, message: str) -> NoReturn:
        raise NotDone(f"{message}; see {self.prog} --help.", "usage", Exit.USAGE)


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="farm-edge",
        description="The device at the farm gate.",
        epilog=MEANINGS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_upkeep(commands)
    _add_trade(commands)
    command = _command(commands, "run", run, "the agent: readers, server, page")
    _readers(command)
    command.add_argument(
        "--port", type=number(0, 65_535), help="of the page; 0: any that is free"
    )
    command.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="ADDRESS",
        help="of the page; another than this machine's own only inside a container",
    )
    command.add_argument("--no-screen", action="store_true", help="no page")
    command = _command(commands, "doctor", doctor, "what is wrong, and what to do")
    _readers(command)
    commands.add_parser(
        "simulate-tag", help="a virtual reader with tags", add_help=False
    )
    return parser


def _add_upkeep(commands: Any) -> None:
    command = _command(
        commands,
        "enrol",
        _with_store(upkeep.take_on),
        "have the server take this device on",
    )
    command.add_argument("code", help="as the server shows it: 7KQ2M-X9TBA")
    command.add_argument("--server", help="https://farm.example")
    command.add_argument("--trust", help="file of certificates (PEM)")
    command.add_argument("--pin", help="sha256/…: the one key of the server")
    command.add_argument("--proxy", help="http://…, or none")
    command.add_argument("--language", choices=("en", "id"))
    command.add_argument("--anew", action="store_true", help="it was enrolled before")
    command.add_argument("--no-sync", action="store_true", help="fetch nothing yet")
    _command(commands, "sync", _with_store(upkeep.look), "send and fetch once")
    _command(commands, "status", _with_store(upkeep.status), "who it is, what waits")
    command = _command(
        commands, "export", _with_store(upkeep.export), "the journal, JSON by line"
    )
    command.add_argument(
        "--since", type=number(1), default=1, help="number of an event"
    )
    command = _command(commands, "set", _with_store(upkeep.change), "a setting")
    command.add_argument("name")
    command.add_argument("value", help="several with commas between")


def _add_trade(commands: Any) -> None:
    command = _command(commands, "read", _with_store(tags.read), "what is on a tag")
    _readers(command, waits=True)
    command = _command(
        commands, "write-card", _with_store(trade.write_card), "a card that was ordered"
    )
    _readers(command, waits=True)
    command.add_argument("--list", action="store_true", help="show the orders only")
    command.add_argument("--order", type=number(1), help="which; else the first")
    _add_buy(commands)
    _add_split(commands)


def _add_buy(commands: Any) -> None:
    command = _command(commands, "buy", _with_store(trade.buy), "a purchase")
    _readers(command, waits=True)
    command.add_argument("--farmer", help="chain number; without: tap the card")
    command.add_argument("--crop", help="its code")
    command.add_argument("--grade", help="its code")
    command.add_argument(
        "--bunch",
        action="append",
        type=trade.bunch,
        default=[],
        metavar="HANDS:GRAMS",
        help="once for each",
    )
    command.add_argument("--harvested", metavar="YYYY-MM-DD")
    command.add_argument("--harvested-by", metavar="WHO", help="farmer, collector, …")
    command.add_argument("--resume", type=number(1), metavar="TASK", help="see status")
    command.add_argument("--cancel", type=number(1), metavar="TASK", help="see status")
    command.add_argument(
        "--leave-tags", action="store_true", help="cancel without the tags"
    )


def _add_split(commands: Any) -> None:
    command = _command(
        commands, "split", _with_store(trade.split), "a bunch into hands"
    )
    _readers(command, waits=True)
    command.add_argument(
        "--hands", type=number(1, MOST_HANDS), help="how many are taken"
    )
    command.add_argument(
        "--grams",
        type=number(1, MOST_GRAMS),
        action="append",
        help="of each hand in turn, or of none",
    )
    command.add_argument(
        "--loss", type=number(0, MOST_GRAMS), default=0, help="grams of the stalk"
    )
    command.add_argument("--resume", type=number(1), metavar="TASK", help="see status")
    command.add_argument(
        "--finish", action="store_true", help="with the hands that are on tags"
    )


def _command(
    commands: Any, name: str, work: Callable[[Namespace, Output], Exit], text: str
) -> ArgumentParser:
    command: ArgumentParser = commands.add_parser(
        name,
        help=text,
        description=text,
        epilog=MEANINGS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.set_defaults(work=work, reader=None, seconds=SECONDS)
    command.add_argument("--json", action="store_true", help="say it as JSON")
    command.add_argument("--store", help="file; else $FARM_EDGE_STORE")
    command.add_argument("--key-file", help="key of the store")
    command.add_argument("--verbose", action="store_true", help="log more")
    return command


def _readers(command: ArgumentParser, waits: bool = False) -> None:
    command.add_argument(
        "--reader",
        action="append",
        help="usb, tty:…, udp:127.0.0.1:41000, pcsc:…, keys:…; several are possible",
    )
    if waits:
        command.add_argument(
            "--seconds", type=seconds, default=SECONDS, help="to wait for taps"
        )
