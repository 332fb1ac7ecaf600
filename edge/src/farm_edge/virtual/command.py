"""``farm-edge simulate-tag``: a tag on a reader, without either."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from farmtag import Chip

from ..reader.type2.products import PRODUCTS
from .chip import VirtualChip
from .faults import Fault, Faults
from .field import Field
from .radio import Radio
from .shelf import Shelf, ShelfDamaged

DEFAULT_PORT = 41_000
_UID = "04A1B2C3D4E580"
_EPILOGUE = """\
Then read it: farm-edge read --reader udp:127.0.0.1:41000
Datagrams of JSON to the same port put tags there and take them away.
Exit codes: 0 ended, 1 the port is taken or the file damaged, 2 wrong arguments.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until interrupted; the first line says the port, as JSON.

    :return: the exit code
    """
    wish = _parser().parse_args(argv)
    field = Field(faults=Faults(wish.seed, dict(wish.fault)))
    shelf = Shelf(wish.keep) if wish.keep else None
    try:
        field.chips.update(shelf.chips() if shelf else {})
    except (ShelfDamaged, OSError) as error:
        sys.stderr.write(f"{error}: name another file.\n")
        return 1
    if not wish.empty and not field.chips:
        chip = VirtualChip(PRODUCTS[Chip[wish.chip]], wish.uid, wish.message)
        field.chips["tag"] = chip
        field.put("tag")
    try:
        radio = Radio(field, wish.port, shelf=shelf)
    except OSError as error:
        sys.stderr.write(f"Port {wish.port} cannot be had ({error}): take another.\n")
        return 1
    print(json.dumps({"port": radio.port}), flush=True)
    try:
        radio.run()
    except KeyboardInterrupt:
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="farm-edge simulate-tag",
        description="A virtual tag for nfcpy's UDP reader.",
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0: any")
    parser.add_argument(
        "--chip", choices=[chip.name for chip in PRODUCTS], default=Chip.NTAG215.name
    )
    parser.add_argument("--uid", type=_uid, default=_uid(_UID), help="14 hex digits")
    parser.add_argument("--message", type=bytes.fromhex, default=b"", help="in hex")
    parser.add_argument("--empty", action="store_true", help="no tag lies there yet")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="tags are kept here, and come back"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the faults")
    kinds = ", ".join(fault.value for fault in Fault)
    parser.add_argument(
        "--fault",
        action="append",
        type=_rate,
        default=[],
        metavar="KIND=CHANCE",
        help=f"how often what goes wrong: {kinds}",
    )
    return parser


def _uid(text: str) -> bytes:
    uid = bytes.fromhex(text)
    if len(uid) != 7:
        raise argparse.ArgumentTypeError("a UID has 7 bytes, 14 hex digits")
    return uid


def _rate(text: str) -> tuple[Fault, float]:
    try:
        kind, _equals, chance = text.partition("=")
        return Fault(kind), float(chance)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
