"""The lock keeps the conditions under which a library is wanted."""

import json

from dev import lock, pcsc, venv


def test_condition_of_a_library_is_kept():
    rows = ['rl-renderPM; python_version < "3.13"', "shapely"]
    locked = lock.with_marker("rl-renderPM==4.0.3", rows)
    assert locked == 'rl-renderPM==4.0.3; python_version < "3.13"'
    assert lock.with_marker("shapely==2.2.0", rows) == "shapely==2.2.0"


def test_everything_wanted_is_locked():
    locked = venv.LOCK.read_text(encoding="utf-8").lower().replace("_", "-")
    names = [lock.name_of(row) for row in lock.wanted()]
    assert [name for name in names if name and f"\n{name}==" not in locked] == []


def test_reported_versions_become_rows(tmp_path):
    report = tmp_path / "report.json"
    found = [
        {"metadata": {"name": n, "version": v}} for n, v in (("b", "2"), ("a", "1"))
    ]
    report.write_text(json.dumps({"install": found}))
    assert lock.pinned(report) == ["a==1", "b==2"]


def test_pyscard_is_locked_with_what_builds_it():
    rows = pcsc.LIBRARY.read_text(encoding="utf-8").splitlines()
    names = [lock.name_of(row) for row in rows if "==" in row]
    assert names == ["pyscard", "setuptools", "swig"]
