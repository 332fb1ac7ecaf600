"""What private keys are locked under in development is made once, and whole."""

import secrets

import pytest

from dev import odoo


@pytest.fixture(autouse=True)
def run(tmp_path, monkeypatch):
    monkeypatch.setattr(odoo, "RUN", tmp_path)
    return tmp_path


def test_it_stays_and_is_for_nobody_else_to_read(run):
    first = odoo._own_key_secret()
    assert len(first) == 64
    assert odoo._own_key_secret() == first
    assert [path.name for path in run.iterdir()] == ["key_secret"]
    assert (run / "key_secret").stat().st_mode & 0o777 == 0o600


def test_one_that_was_interrupted_leaves_no_empty_secret(monkeypatch):
    def interrupted(_size):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(secrets, "token_hex", interrupted)
        odoo._own_key_secret()
    assert len(odoo._own_key_secret()) == 64


def test_of_two_at_once_both_have_the_one_that_was_first(run, monkeypatch):
    def overtaken(_size):
        (run / "key_secret").write_text("of the other")
        return "own"

    monkeypatch.setattr(secrets, "token_hex", overtaken)
    assert odoo._own_key_secret() == "of the other"
