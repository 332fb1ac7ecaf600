"""The tree of errors is the one that is documented, and says who may try again."""

import re

import farmtag
import pytest
from farmtag import errors


def test_the_tree_in_the_documentation_is_the_tree():
    documented = ["FarmtagError", *re.findall(r"── (\w+) ", errors.__doc__)]
    defined = [
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception)
    ]
    assert sorted(documented) == sorted(defined)


@pytest.mark.parametrize(
    ("error", "retry"),
    [
        ("NotOurs", "NEVER"),
        ("Empty", "NEVER"),
        ("Damaged", "READ_AGAIN"),
        ("TooNew", "AFTER_UPDATE"),
        ("TooOldToKnow", "NEVER"),
        ("Retired", "NEVER"),
        ("StaleKeys", "AFTER_SYNC"),
        ("UnknownKey", "AFTER_SYNC"),
        ("UnknownChip", "READ_AGAIN"),
        ("Forged", "NEVER"),
        ("Revoked", "NEVER"),
        ("NotAllowed", "NEVER"),
    ],
)
def test_an_error_says_what_may_help(error, retry):
    assert getattr(farmtag, error).retry.name == retry


def test_every_name_of_the_door_is_there():
    assert [name for name in farmtag.__all__ if not hasattr(farmtag, name)] == []
