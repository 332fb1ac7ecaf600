"""All checks, one after another."""

from __future__ import annotations

from argparse import Namespace

from ...errors import EdgeError
from ...store import Store, StoreError
from ..exits import Exit
from ..output import Output
from ..place import key_of, readers_of, store_path
from . import checks
from .checks import NoStore
from .finding import Finding, Grade, bad

_MARKS = {Grade.GOOD: "  ok", Grade.WARN: "warn", Grade.BAD: " BAD"}


def doctor(wish: Namespace, output: Output) -> Exit:
    """Name what is wrong; 8 if something is."""
    opened = _opened(wish)
    try:
        found = _all(wish, opened)
    finally:
        if isinstance(opened, Store):
            opened.close()
    if output.as_json:
        output.result({"findings": found})
    else:
        for one in found:
            remedy = f"\n      {one.remedy}" if one.remedy else ""
            print(f"{_MARKS[one.grade]}  {one.about}: {one.says}{remedy}")
    is_bad = any(one.grade is Grade.BAD for one in found)
    return Exit.FINDINGS if is_bad else Exit.DONE


def _opened(wish: Namespace) -> Store | StoreError:
    path = store_path(wish)
    try:
        if not path.exists():
            return NoStore(f"there is none at {path}")
        return Store.open(path, key_of(wish))
    except StoreError as error:
        return error
    except OSError as error:
        return StoreError(f"{path} cannot be opened: {error}")


def _all(wish: Namespace, opened: Store | StoreError) -> list[Finding]:
    place = store_path(wish).parent
    found = [*checks.versions(), *checks.store(opened), *checks.disk(opened, place)]
    found += _readers(wish, opened)
    if isinstance(opened, StoreError):
        if isinstance(opened, NoStore):
            found += checks.network("")
        return [*found, *checks.clock(opened, None)]
    found += checks.network(opened.settings["server"])
    told, server_time = checks.server(opened)
    return [*found, *told, *checks.clock(opened, server_time)]


def _readers(wish: Namespace, opened: Store | StoreError) -> list[Finding]:
    settings = None if isinstance(opened, StoreError) else opened.settings
    try:
        return list(checks.readers(readers_of(wish, settings)))
    except EdgeError as error:
        return [bad("reader", str(error), "farm-edge set readers …")]
