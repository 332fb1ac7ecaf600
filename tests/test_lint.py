"""The linters, each as a test: a tool that is missing is skipped by name."""

import pytest

from dev import lint


@pytest.mark.parametrize("tool", lint.TOOLS)
def test_linter_has_nothing_to_say(tool):
    reason = lint.why_skipped(tool)
    if reason:
        pytest.skip(f"{tool}: {reason}")
    complaints = lint.check(tool)
    assert not complaints, f"{tool}:\n{complaints}"
