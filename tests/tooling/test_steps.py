"""Steps are done once, for their content, and a crash leaves none half done."""

import subprocess
import sys

import pytest

from dev import bench, config, demo, stamp


@pytest.fixture
def addons(tmp_path):
    folder = tmp_path / "addons" / "farm_x"
    (folder / "models").mkdir(parents=True)
    (folder / "tests").mkdir()
    manifest = {"name": "x", "depends": ["stock", "farm_y"]}
    (folder / "__manifest__.py").write_text(repr(manifest))
    (folder / "models/x.py").write_text("x = 1")
    other = tmp_path / "addons" / "farm_y"
    other.mkdir()
    (other / "__manifest__.py").write_text("{'name': 'y', 'depends': ['mail']}")
    return tmp_path / "addons"


def test_stamp_holds_for_its_key_only(tmp_path, monkeypatch):
    monkeypatch.setattr(stamp, "STAMPS", tmp_path / "stamps")
    assert not stamp.is_done("venv", "a")
    stamp.done("venv", "a")
    assert stamp.is_done("venv", "a")
    assert not stamp.is_done("venv", "b")
    stamp.forget("venv")
    assert not stamp.is_done("venv", "a")


def test_digest_tells_parts_apart():
    assert stamp.digest("ab", "c") != stamp.digest("a", "bc")


def test_sources_follow_models_but_not_tests(addons):
    before = stamp.sources(addons)
    (addons / "farm_x/tests/test_x.py").write_text("pass")
    assert stamp.sources(addons) == before
    (addons / "farm_x/models/x.py").write_text("x = 2")
    assert stamp.sources(addons) != before


def test_suite_and_what_it_depends_on(addons):
    assert config.suite(addons) == ["farm_x", "farm_y"]
    assert config.outer_depends(addons) == ["mail", "stock"]


def test_glue_is_left_to_odoo_and_brings_no_app(addons):
    (addons / "farm_x_sale").mkdir()
    manifest = {"name": "g", "depends": ["farm_x", "sale"], "auto_install": True}
    (addons / "farm_x_sale/__manifest__.py").write_text(repr(manifest))
    assert config.suite(addons) == ["farm_x", "farm_x_sale", "farm_y"]
    assert config.glue(addons) == ["farm_x_sale"]
    assert config.chosen(addons) == ["farm_x", "farm_y"]
    assert config.outer_depends(addons) == ["mail", "stock"]


def test_add_on_that_is_not_installable_is_left_out(addons):
    path = addons / "farm_y/__manifest__.py"
    path.write_text("{'name': 'y', 'installable': False}")
    assert config.suite(addons) == ["farm_x"]


def test_logins_come_from_the_story(tmp_path):
    path = tmp_path / "logins.csv"
    path.write_text("login,password,role,description\nani,x,Officer,certifies\n")
    assert demo.logins(path)[0]["role"] == "Officer"


def test_without_a_story_there_is_the_administrator(tmp_path):
    assert demo.logins(tmp_path / "none.csv")[0]["login"] == "admin"


def test_unknown_command_lists_the_commands():
    line = [sys.executable, "-m", "dev", "fly"]
    answer = subprocess.run(
        line, cwd=config.ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert "no command fly" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_sources_of_the_libraries_are_found(tmp_path):
    (tmp_path / "lib/x/src/x").mkdir(parents=True)
    (tmp_path / "lib/y/tests").mkdir(parents=True)
    assert config.libraries(tmp_path) == [tmp_path / "lib/x/src"]


def test_a_benchmark_says_that_it_needs_no_database(tmp_path):
    source = tmp_path / "x.py"
    source.write_text('"""NEEDS_DATABASE = False would do."""\n')
    assert not bench.is_plain(source)
    source.write_text('"""x"""\nNEEDS_DATABASE = False\n')
    assert bench.is_plain(source)
