"""The Odoo package: the lock, its check, what is said when it does not fit."""

import hashlib

import pytest

from dev import package
from dev.say import Stop

DEB = "odoo-19_19.0.0+dfsg-1_all.deb"
SHA256 = hashlib.sha256(b"deb").hexdigest()
ROW = ("unstable", "odoo-19", "19.0.0+dfsg-1", SHA256)


@pytest.fixture
def debs(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "_DEBS", tmp_path)
    monkeypatch.setattr(package, "update", lambda _suites: None)
    monkeypatch.setattr(package.proc, "run", lambda *_args, **_kwargs: 1)
    return tmp_path


def test_lock_names_suite_package_version_and_hash():
    rows = package.locked()
    assert "odoo-19" in [row[1] for row in rows]
    assert all(len(row) == 4 and len(row[3]) == 64 for row in rows)


def test_downloaded_package_is_used_again(debs):
    (debs / DEB).write_bytes(b"deb")
    assert package.fetch([ROW]) == [debs / DEB]


def test_package_with_another_hash_is_refused(debs, monkeypatch):
    entry = {"version": ROW[2], "sha256": SHA256}
    monkeypatch.setattr(package, "index_entry", lambda _wanted: entry)

    def download(*_args, **_kwargs):
        (debs / DEB).write_bytes(b"damaged")

    monkeypatch.setattr(package.proc, "run_or_stop", download)
    with pytest.raises(Stop, match="does not have the SHA-256"):
        package.fetch([ROW])


def test_package_gone_from_the_index_names_the_ways_out(debs, monkeypatch):
    monkeypatch.setattr(package, "index_entry", lambda _wanted: None)
    with pytest.raises(Stop, match=r"odoo-19 is gone .* ODOO_PATH .* move the lock"):
        package.fetch([ROW])


def test_moved_version_is_taken_and_said(debs, monkeypatch, capsys):
    moved = {"version": "19.0.0+dfsg-2", "sha256": SHA256}
    answers = {"odoo-19/unstable": moved}
    monkeypatch.setattr(package, "index_entry", answers.get)

    def download(*_args, **_kwargs):
        (debs / DEB.replace("-1_", "-2_")).write_bytes(b"deb")

    monkeypatch.setattr(package.proc, "run_or_stop", download)
    assert package.fetch([ROW])[0].name == DEB.replace("-1_", "-2_")
    assert "make lock" in capsys.readouterr().out


def test_odoo_path_must_be_odoo_19(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO_PATH", str(tmp_path))
    with pytest.raises(Stop, match="is no checkout of Odoo's branch"):
        package.odoo()


def test_odoo_path_is_used(tmp_path, monkeypatch):
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo-bin").touch()
    (tmp_path / "odoo/release.py").write_text("version_info = (19, 0, 0, FINAL)")
    monkeypatch.setenv("ODOO_PATH", str(tmp_path))
    assert package.odoo().script == tmp_path / "odoo-bin"


def test_dangling_link_in_the_web_client_stops(tmp_path):
    folder = tmp_path / "usr/lib/python3/dist-packages/odoo/addons/web/static/lib"
    folder.mkdir(parents=True)
    (folder / "font.woff").symlink_to("/nowhere/font.woff")
    with pytest.raises(Stop, match="1 files of Odoo's web client are missing"):
        package.check_links(tmp_path)
