"""Which tests run by themselves, as those of the agent."""

import pytest

from dev import agenttests
from dev.config import ROOT
from dev.say import Stop


@pytest.mark.parametrize(
    "arguments",
    [
        ("edge",),
        ("./edge/tests/store",),
        (str(ROOT / "edge/tests"),),
        ("edge/tests/store/test_settings.py::test_x", "-k", "tests"),
        ("-x", "edge/tests"),
    ],
)
def test_places_in_the_room_of_the_agent_are_its_tests(arguments):
    assert agenttests.is_meant(arguments)


@pytest.mark.parametrize(
    "arguments",
    [(), ("-k", "edge"), ("-x",), ("tests/test_edge_sync.py",), ("addons", "lib")],
)
def test_others_are_not(arguments):
    assert not agenttests.is_meant(arguments)


def test_both_at_once_are_refused():
    with pytest.raises(Stop, match="name them alone"):
        agenttests.is_meant(("tests", "edge/tests"))
