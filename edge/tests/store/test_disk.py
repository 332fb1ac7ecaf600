"""A disk that is full, or may not be written."""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import threading
from contextlib import suppress

import pytest
from farm_edge.store import DiskFailed, DiskFull, ReadOnly, Store
from store_world import open_store, purchase

SIZE = 600_000
fork = multiprocessing.get_context("fork")


def is_mounted(*options):
    return not subprocess.run(
        ["mount", *options], stderr=subprocess.DEVNULL, check=False
    ).returncode


@pytest.fixture
def disk(tmp_path):
    """A disk of 600 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not is_mounted("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)):
        pytest.skip("no right to mount a disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(store, error):
    """Write until nothing fits; gives how many events were taken."""
    taken = 0
    with pytest.raises(error):
        while True:
            store.journal.append("purchase", purchase(taken, note="x" * 2_000))
            taken += 1
    return taken


def test_a_full_disk_takes_nothing_more_and_loses_nothing(disk):
    store = open_store(disk / "store")
    taken = fill(store, DiskFull)
    assert taken > 10
    with pytest.raises(DiskFull) as write:
        store.writes.begin(b"\4", b"", b"x" * 9_000, "bunch")
    assert str(disk) in str(write.value)
    assert not store.has_room()
    assert store.journal.waiting() == taken
    store.close()
    subprocess.run(["mount", "-o", f"remount,size={4 * SIZE}", str(disk)], check=True)
    store = open_store(disk / "store")
    assert store.journal.append("purchase", purchase()).seq == taken + 1
    store.journal.check()
    store.close()


def test_a_full_disk_is_told_when_the_store_is_made(disk):
    (disk / "other").write_bytes(b"x" * (SIZE - 8_192))
    with pytest.raises(DiskFull):
        Store.open(disk / "store")


def test_a_disk_that_may_not_be_written_is_told_at_the_start(disk):
    store = open_store(disk / "store")
    store.journal.append("purchase", purchase())
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(ReadOnly):
        Store.open(disk / "store")
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    store = open_store(disk / "store")
    assert store.journal.waiting() == 1
    store.close()


def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    open_store(tmp_path / "store").close()

    def run():
        with suppress(AttributeError):
            os.setuid(65_534)
        with pytest.raises(ReadOnly):
            Store.open(tmp_path / "store")

    for path, mode in ((tmp_path / "store", 0o444), (tmp_path, 0o555)):
        path.chmod(mode)
    for folder in tmp_path.parents[:2]:
        folder.chmod(0o755)
    assert in_a_process(run) == 0
    tmp_path.chmod(0o755)


def test_a_file_that_may_not_grow_loses_nothing(tmp_path):
    def run():
        resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE, SIZE))
        store = open_store(tmp_path / "store")
        taken = fill(store, DiskFailed)
        assert store.journal.waiting() == taken > 10

    assert in_a_process(run) == 0
    store = open_store(tmp_path / "store")
    store.journal.append("purchase", purchase())
    store.journal.check()


def test_nobody_else_reads_the_store(tmp_path):
    store = open_store(tmp_path / "store")
    store.journal.append("purchase", purchase())
    modes = {one.stat().st_mode & 0o777 for one in tmp_path.iterdir()}
    assert modes == {0o600}


def test_a_thread_that_ended_leaves_no_file_open(tmp_path):
    store = open_store(tmp_path / "store")
    for _time in range(20):
        thread = threading.Thread(target=store.journal.waiting)
        thread.start()
        thread.join()
    assert len(store.database._opened) <= 2


def in_a_process(run):
    process = fork.Process(target=run)
    process.start()
    process.join(60)
    return process.exitcode
