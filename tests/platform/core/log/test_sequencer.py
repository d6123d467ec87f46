"""The outbox becomes the log: order, batches, crashes, a second writer, an older backup."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from hengliang.platform.core.log import sequencer
from hengliang.platform.core.log.keys import DeploymentKeys
from hengliang.platform.core.log.mirror import copy_out
from hengliang.platform.core.log.state import log_state
from hengliang.platform.core.log.store import PostgresStore
from hengliang.platform.core.models import LogCheckpoint, LogEntry, LogFile
from hengliang.trust import entries
from hengliang.trust.audit import audit
from hengliang.trust.checkpoint import open_checkpoint
from hengliang.trust.disk import DiskStore
from hengliang.trust.errors import LogMoved, SplitView
from hengliang.trust.merkle import Tree, leaf_hashes
from tests.platform.core.log.conftest import region, superuser

pytestmark = pytest.mark.django_db(transaction=True)


def logged() -> list[bytes]:
    """The entries in their order in the log, from the outbox."""
    rows = LogEntry.objects.exclude(position=None).order_by("position")
    assert [row.position for row in rows] == list(range(len(rows)))
    return [bytes(row.entry) for row in rows]


def root_of(held: DeploymentKeys) -> bytes:
    note = PostgresStore(held.log.name).checkpoint()
    assert note is not None
    return open_checkpoint(note, [held.log.verifier]).checkpoint.root


def test_what_waits_is_taken_up_and_the_tree_is_that_of_the_entries(held, disk, sequence):
    made = [region(str(number)) for number in range(300)]
    assert sequence() == 300
    region("late")
    assert sequence() == 1
    assert root_of(held) == Tree(leaf_hashes(logged())).root()
    assert entries.read(logged()[0]).object == f"core_region:{made[0].pk}"
    assert not LogFile.objects.filter(name__startswith="tile/0/000.p/").exists()


def test_database_and_disk_show_the_same_whole_log(held, disk, sequence):
    for number in range(260):
        region(str(number))
    sequence()
    store = PostgresStore(held.log.name)
    assert copy_out(store, disk) == 260
    region("more")
    sequence()
    assert copy_out(store, disk) == 261
    for source in (store, disk):
        note = source.checkpoint()
        found = audit(open_checkpoint(note, [held.log.verifier]), source.read)
        assert (found.entries, found.types) == (261, {"party.changed": 261})


def test_an_entry_names_the_one_before_it_about_the_same_object(sequence):
    from hengliang.platform.core.acts import perform
    from hengliang.platform.core.rights import Actor

    made = region("1")
    for _ in range(2):
        with perform(Actor.system("test"), "region_revise", subject=made, reason="x"):
            pass
    first, second, third = (entries.read(bytes(row.entry)) for row in LogEntry.objects.order_by("act_id"))
    assert (first.prev, second.prev, third.prev) == (None, first.leaf_hash(), second.leaf_hash())


def test_a_batch_that_fails_leaves_no_trace(held, disk, sequence, monkeypatch):
    region("1")
    sequence()
    before = root_of(held), LogFile.objects.count()
    region("2")
    monkeypatch.setattr(sequencer, "_PLACE", "SELECT 1/0 -- %s %s")
    with pytest.raises(Exception, match="division by zero"):
        sequence()
    assert (root_of(held), LogFile.objects.count()) == before
    monkeypatch.undo()
    assert sequence() == 1
    assert root_of(held) == Tree(leaf_hashes(logged())).root()


def test_a_second_writer_is_refused_and_changes_nothing(held, disk, sequence):
    sequence()
    first, second = sequencer.open_log(held, disk), sequencer.open_log(held, disk)
    region("1")
    sequencer.integrate(first)
    region("2")
    with pytest.raises(LogMoved):
        sequencer.integrate(second)
    assert LogCheckpoint.objects.get().size == 1
    assert sequence() == 1


def test_killed_between_tiles_and_checkpoint_the_disk_is_made_whole(held, disk, sequence):
    for number in range(5):
        region(str(number))
    sequence()
    store = PostgresStore(held.log.name)
    copy_out(store, disk)
    region("torn")
    sequence()
    # What a killed copy leaves: new tiles, among them a torn one, under the old checkpoint.
    folder = disk._directory / "tile" / "0" / "000.p"
    (folder / "6").write_bytes(b"torn")
    assert open_checkpoint(disk.checkpoint(), [held.log.verifier]).checkpoint.size == 5
    copy_out(store, disk)
    found = audit(open_checkpoint(disk.checkpoint(), [held.log.verifier]), disk.read)
    assert found.checkpoint.root == root_of(held)


def test_an_older_database_takes_back_what_was_published(held, disk, sequence):
    for number in range(3):
        region(str(number))
    sequence()
    store = PostgresStore(held.log.name)
    old = list(LogFile.objects.values_list("name", "content")), LogCheckpoint.objects.get()
    last = [region("published"), region("and lost")][-1]
    sequence()
    copy_out(store, disk)
    published = root_of(held)
    with superuser() as cursor:  # the backup of a moment ago, in which one of the two acts was already there
        cursor.execute("UPDATE core_logentry SET position = NULL, integrated_at = NULL WHERE position = 3")
        cursor.execute("DELETE FROM core_logentry WHERE position = 4")
    LogFile.objects.all().delete()
    LogFile.objects.bulk_create([LogFile(name=name, content=content) for name, content in old[0]])
    old[1].save()
    assert sequence() == 0
    assert root_of(held) == published
    assert LogEntry.objects.get(position=3).act.subject_id == str(last.pk - 1)
    region("goes on")
    assert sequence() == 1
    assert LogEntry.objects.order_by("act_id").last().position == 5


def test_a_database_with_another_history_than_the_disk_is_not_continued(held, disk, sequence, tmp_path):
    from hengliang.trust.log import Log

    region("1")
    sequence()
    Log(DiskStore(tmp_path / "other"), held.log).append([b"another", b"history"])
    with pytest.raises((SplitView, Exception), match=r"proof does not hold|two different trees"):
        sequencer.open_log(held, DiskStore(tmp_path / "other"))


def test_the_state_counts_what_waits(held, disk, sequence):
    region("1")
    waiting = log_state()
    assert (waiting.size, waiting.waiting) == (None, 1)
    sequence()
    done = log_state()
    assert (done.size, done.waiting, done.lag) == (1, 0, 0)
    assert done.checkpoint_age is not None


WRITER = """
import pathlib, sys, django; django.setup()
from tests.platform.core.log.conftest import region
number = 0
while not pathlib.Path(sys.argv[1]).exists():
    region(str(number)); number += 1
"""


def start(arguments: list[str], home: Path) -> "subprocess.Popen[bytes]":
    """A process of the product on the test's database and home."""
    address = os.environ["DATABASE_URL"].replace("/hengliang?", f"/{connection.settings_dict['NAME']}?")
    environment = {**os.environ, "HENGLIANG_HOME": str(home), "PYTHONPATH": f"src{os.pathsep}."}
    environment |= {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "hengliang.platform.site.settings"}
    return subprocess.Popen([sys.executable, *arguments], env=environment)


@pytest.mark.slow
def test_killed_under_load_the_log_holds_each_act_once_and_in_one_history(held, settings, tmp_path):
    """The real process, killed while two writers commit; at the end each act has one place in one history."""
    home = Path(settings.HOME)
    writers = [start(["-c", WRITER, str(tmp_path / "stop")], home) for _ in range(2)]
    seen: list[bytes] = []
    for kill in range(5):
        process = start(["-m", "hengliang.platform.site.serve.sequencer"], home)
        size, until = log_state().size, time.monotonic() + 60
        while log_state().size in (size, None, 0) and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.07 * kill)
        process.send_signal(signal.SIGKILL)
        process.wait()
        seen.append(PostgresStore(held.log.name).checkpoint() or b"")
    (tmp_path / "stop").touch()
    assert [writer.wait(60) for writer in writers] == [0, 0]
    disk = DiskStore(home / "log")
    opened = sequencer.open_log(held, disk)
    while sequencer.integrate(opened):
        pass
    copy_out(PostgresStore(held.log.name), disk)
    assert len(logged()) == LogEntry.objects.count() > 5
    newest = open_checkpoint(disk.checkpoint(), [held.log.verifier])
    assert newest.checkpoint.root == Tree(leaf_hashes(logged())).root()
    shown = [open_checkpoint(note, [held.log.verifier]) for note in seen if note]
    assert len({one.checkpoint.size for one in shown}) > 2
    for one in shown:
        audit(newest, disk.read, seen=one)


def test_the_sequencer_waits_while_another_holds_the_lock(held, disk, tmp_path, monkeypatch):
    monkeypatch.setattr(sequencer, "_alone", lambda: False)
    asked = iter([False, False, True])
    sequencer.run(held, tmp_path / "log", stopped=lambda: next(asked), interval=0)
    assert not LogCheckpoint.objects.exists()
    with transaction.atomic():
        assert log_state().size is None
