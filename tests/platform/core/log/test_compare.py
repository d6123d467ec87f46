# ruff: noqa: S608 - the statements are those of the attacker
"""The database's superuser changes the ledger behind the acts: detected, the object named."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from hengliang.platform.core.acts import perform
from hengliang.platform.core.log.compare import Comparison, compare_ledger
from hengliang.platform.core.log.mirror import copy_out
from hengliang.platform.core.log.store import PostgresStore
from hengliang.platform.core.models import LogEntry, Region, RegionVersion, revise
from hengliang.platform.core.rights import Actor
from hengliang.trust.errors import CorruptObject, MissingObject, TrustError
from tests.platform.core.log.conftest import DAY, MORNING, region, superuser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ledger(held, disk, sequence) -> Callable[[], Comparison]:
    """Three regions, one of them renamed, all in the log; gives how to compare."""
    for code in ("1", "2", "3"):
        made = region(code)
    with perform(Actor.system("test", MORNING), "region_revise", subject=made, on=DAY, reason="x") as act:
        revise(made.versions, act=act, on=DAY, name="新名")
    sequence()
    copy_out(PostgresStore(held.log.name), disk)
    return lambda: compare_ledger(disk._directory)


def named(seen: Comparison) -> set[tuple[str, int | None]]:
    return {(one.object, one.position) for one in seen.found}


TABLES = ("core_act", "core_logentry", "core_region", "core_regionversion", "core_logfile", "core_logcheckpoint")


@contextmanager
def damage(statement: str, *values: object) -> Iterator[None]:
    """The ledger after the superuser's statement; made whole again afterwards."""
    with superuser() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TEMP TABLE kept_{table} AS TABLE {table}")
        cursor.execute(statement, values or None)
        assert cursor.rowcount > 0, statement
        yield
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}; INSERT INTO {table} OVERRIDING SYSTEM VALUE TABLE kept_{table}")
            cursor.execute(f"DROP TABLE kept_{table}")


def test_a_ledger_as_the_acts_left_it_is_whole(ledger):
    seen = ledger()
    assert (seen.found, seen.entries, seen.waiting) == ([], 4, 0)
    assert len(seen.rows) == Region.objects.count() + RegionVersion.objects.count() == 7


def test_rows_made_at_once_are_the_acts_too(ledger, sequence):
    with perform(Actor.system("test", MORNING), "region_enter", on=DAY) as act:
        made = Region.objects.bulk_create([Region(act=act, level=level) for level in (2, 3)])
        act.content = {"codes": ["8", "9"]}
    sequence()
    assert ledger().found == []
    with damage(f"UPDATE core_region SET level = 1 WHERE id = {made[1].pk}"):
        assert named(ledger()) == {(f"core_region:{made[1].pk}", 4)}


def test_rows_written_as_a_set_stand_as_one_digest_only(ledger, sequence):
    with perform(Actor.system("test", MORNING), "region_enter", on=DAY) as act:
        act.tables = (Region,)
        made = Region.objects.bulk_create([Region(act=act, level=level) for level in (2, 3)])
        act.content = {"codes": ["8", "9"]}
    sequence()
    seen = ledger()
    assert (seen.found, f"core_region:{made[0].pk}" in seen.rows) == ([], False)
    assert ("core_region", act.pk) in seen.sets


def first(model: type) -> int:
    return int(model.objects.order_by("pk").values_list("pk", flat=True)[0])


def test_a_row_changed_or_deleted_by_the_superuser_is_named(ledger):
    region_row, version_row = f"core_region:{first(Region)}", f"core_regionversion:{first(RegionVersion)}"
    for statement, row in (
        (f"UPDATE core_regionversion SET name = name || 'x' WHERE id = {first(RegionVersion)}", version_row),
        (f"UPDATE core_regionversion SET valid_to = '2027-01-01' WHERE id = {first(RegionVersion)}", version_row),
        (f"DELETE FROM core_regionversion WHERE id = {first(RegionVersion)}", version_row),
        (f"UPDATE core_region SET level = 3 WHERE id = {first(Region)}", region_row),
        (f"DELETE FROM core_region WHERE id = {first(Region)}", region_row),
    ):
        with damage(statement):
            assert named(ledger()) == {(row, 0)}, statement
    assert ledger().found == []


def test_a_row_that_no_act_wrote_is_named(ledger):
    with damage("INSERT INTO core_region (id, act_id, level) SELECT 99999, act_id, 2 FROM core_region LIMIT 1"):
        assert named(ledger()) == {("core_region:99999", None)}


def test_an_act_or_its_entry_changed_or_deleted_is_named(ledger):
    entry = LogEntry.objects.get(position=1)
    act = f"act_id = {entry.pk}"
    for statement in (
        f"UPDATE core_act SET reason = 'another' WHERE id = {entry.pk}",
        f"UPDATE core_act SET account_name = 'somebody else' WHERE id = {entry.pk}",
        f"UPDATE core_act SET at = at + interval '1 second' WHERE id = {entry.pk}",
        f"UPDATE core_logentry SET payload = jsonb_set(payload, '{{code}}', '\"9\"') WHERE {act}",
        f"UPDATE core_logentry SET ledger = jsonb_set(ledger, '{{rows}}', '{{}}') WHERE {act}",
        f"UPDATE core_logentry SET salt = sha256('x') WHERE {act}",
        f"DELETE FROM core_logentry WHERE {act}",
    ):
        with damage(statement):
            assert (f"core_region:{entry.act.subject_id}", 1) in named(ledger()), statement


def test_every_byte_of_an_outbox_row_counts(ledger):
    entry = LogEntry.objects.get(position=2)
    flip = "UPDATE core_logentry SET entry = set_byte(entry, %s, get_byte(entry, %s) # 1) WHERE position = 2"
    for at in range(0, len(bytes(entry.entry)), 23):
        with damage(flip, at, at):
            assert named(ledger()) == {(f"core_region:{entry.act.subject_id}", 2)}, at


def test_a_flipped_byte_of_a_stored_tile_is_named_and_so_is_a_deleted_one(ledger):
    for name in ("tile/0/000.p/4", "tile/entries/000.p/4"):
        flip = "UPDATE core_logfile SET content = set_byte(content, 40, get_byte(content, 40) # 1) WHERE name = %s"
        with damage(flip, name), pytest.raises(CorruptObject, match=re.escape(name)):
            ledger()
        with (
            damage("DELETE FROM core_logfile WHERE name = %s", name),
            pytest.raises(MissingObject, match=re.escape(name.partition(".p")[0])),
        ):
            ledger()


def test_an_old_checkpoint_put_back_is_detected(ledger, held, disk, sequence):
    with superuser() as cursor:
        cursor.execute("CREATE TEMP TABLE kept AS SELECT * FROM core_logcheckpoint")
        region("later")
        sequence()
        copy_out(PostgresStore(held.log.name), disk)
        cursor.execute("UPDATE core_logcheckpoint c SET note = k.note, size = k.size FROM kept k")
    seen = ledger()
    assert [(one.position, "the log does not hold it" in one.reason) for one in seen.found] == [(4, True)]
    assert sequence() == 0  # the writer takes back what the copy on disk shows
    assert ledger().found == []


def test_a_log_written_anew_with_the_true_key_is_a_split_view(ledger, held, disk):
    """Who owns database and key can sign another history; whoever kept a checkpoint can prove it."""
    from hengliang.trust.log import Log
    from hengliang.trust.store import MemoryStore

    forged = MemoryStore()
    Log(forged, held.log).append([bytes(row.entry) for row in LogEntry.objects.order_by("-position")])
    with superuser() as cursor:
        cursor.execute("UPDATE core_logcheckpoint SET note = %s", [forged.checkpoint()])
        for name, content in forged.files.items():
            cursor.execute("UPDATE core_logfile SET content = %s WHERE name = %s", [content, name])
    with pytest.raises(TrustError, match="two different trees"):
        ledger()


def test_erased_entries_are_counted_and_say_nothing(ledger):
    LogEntry.objects.filter(position=0).update(salt=None, payload=None, ledger=None, ledger_salt=None)
    seen = ledger()
    assert (len(seen.erased), seen.found) == (1, [])
