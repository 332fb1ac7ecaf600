"""The library knows neither Odoo nor readers, and its files stay small."""

import ast
import sys
from pathlib import Path

import pytest

SOURCES = sorted((Path(__file__).parents[1] / "src").rglob("*.py"))
ALLOWED = {"cbor2", "cryptography", "ndef"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_only_what_is_declared_is_imported(path):
    roots = {name.partition(".")[0] for name in imported(path)}
    assert roots - ALLOWED - set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_files_are_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 250
