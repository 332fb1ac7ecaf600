"""Debian's packages: the lock, its check, what is said when it does not fit."""

import hashlib

import pytest

from dev import debian, package, pcsc
from dev.say import Stop

DEB = "odoo-19_19.0.0+dfsg-1_all.deb"
SHA256 = hashlib.sha256(b"deb").hexdigest()
ROW = ("unstable", "odoo-19", "19.0.0+dfsg-1", SHA256)


@pytest.fixture
def debs(tmp_path, monkeypatch):
    monkeypatch.setattr(debian, "_DEBS", tmp_path)
    monkeypatch.setattr(debian, "update", lambda _suites: None)
    monkeypatch.setattr(debian.proc, "run", lambda *_args, **_kwargs: 1)
    return tmp_path


@pytest.mark.parametrize(
    ("lock", "name"), [(package.LOCK, "odoo-19"), (pcsc.PACKAGES, "pcscd")]
)
def test_lock_names_suite_package_version_and_hash(lock, name):
    rows = debian.locked(lock)
    assert name in [row[1] for row in rows]
    assert all(len(row) == 4 and len(row[3]) == 64 for row in rows)


def test_downloaded_package_is_used_again(debs):
    (debs / DEB).write_bytes(b"deb")
    assert debian.fetch([ROW]) == [debs / DEB]


def test_package_with_another_hash_is_refused(debs, monkeypatch):
    entry = {"version": ROW[2], "sha256": SHA256}
    monkeypatch.setattr(debian, "index_entry", lambda _wanted: entry)

    def download(*_args, **_kwargs):
        (debs / DEB).write_bytes(b"damaged")

    monkeypatch.setattr(debian.proc, "run_or_stop", download)
    with pytest.raises(Stop, match="does not have the SHA-256"):
        debian.fetch([ROW])


def test_package_gone_from_the_index_names_the_way_out(debs, monkeypatch):
    monkeypatch.setattr(debian, "index_entry", lambda _wanted: None)
    with pytest.raises(Stop, match=r"odoo-19 is gone .* move the lock"):
        debian.fetch([ROW])


def test_moved_version_is_taken_and_said(debs, monkeypatch, capsys):
    moved = {"version": "19.0.0+dfsg-2", "sha256": SHA256}
    answers = {"odoo-19/unstable": moved}
    monkeypatch.setattr(debian, "index_entry", answers.get)

    def download(*_args, **_kwargs):
        (debs / DEB.replace("-1_", "-2_")).write_bytes(b"deb")

    monkeypatch.setattr(debian.proc, "run_or_stop", download)
    assert debian.fetch([ROW])[0].name == DEB.replace("-1_", "-2_")
    assert "make lock" in capsys.readouterr().out


def test_what_a_crash_left_is_removed(tmp_path):
    (tmp_path / "odoo.1.part/usr").mkdir(parents=True)
    part = debian.part_of(tmp_path / "odoo")
    assert list(tmp_path.iterdir()) == []
    assert part.parent == tmp_path
