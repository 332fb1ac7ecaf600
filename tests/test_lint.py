"""The linters, each as a test: a tool that is missing is skipped by name."""

import re

import pytest

from dev import lint, venv
from dev.config import ROOT


@pytest.mark.parametrize("tool", lint.TOOLS)
def test_linter_has_nothing_to_say(tool):
    reason = lint.why_skipped(tool)
    if reason:
        pytest.skip(f"{tool}: {reason}")
    complaints = lint.check(tool)
    assert not complaints, f"{tool}:\n{complaints}"


def test_pre_commit_has_the_versions_of_the_locks():
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    wanted = {f"{name}@{version}" for name, version in lint.versions().items()}
    assert set(re.findall(r'"([@\w/-]+@[\d.]+)"', text)) == wanted
    locked = venv.LOCK.read_text(encoding="utf-8")
    for row in re.findall(r'"([\w-]+==[\d.]+)"', text):
        assert f"\n{row}\n" in locked
    for tool, version in re.findall(r"/([\w-]+)\n    rev: v([\d.]+)", text):
        assert f"{tool.removesuffix('-pre-commit')}=={version}\n" in locked
