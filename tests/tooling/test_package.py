"""The Odoo package, or the checkout that somebody names instead."""

import pytest

from dev import debian, package
from dev.say import Stop


def test_package_gone_from_the_index_names_the_other_way(monkeypatch):
    def gone(_rows):
        raise debian.Gone("The package odoo-19 is gone")

    monkeypatch.setattr(debian, "fetch", gone)
    with pytest.raises(Stop, match=r"odoo-19 is gone.* ODOO_PATH "):
        package._fetch([])


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
