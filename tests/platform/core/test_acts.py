"""Acts leave their log entry, or nothing."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from hengliang.platform.core.acts import Doing, perform, perform_each
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act, LogEntry, Region, RegionVersion, begin, end, revise
from hengliang.platform.core.rights import Actor, Right, Role, register_rights
from hengliang.platform.core.selectors import history_of, regions_under
from hengliang.trust.commitment import Commitment
from hengliang.trust.merkle import leaf_hash

pytestmark = pytest.mark.django_db(transaction=True)

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
register_rights({"test_with_reason": Right(frozenset({Role.AUTHORITY}), needs_reason=True)})


def region(actor: Actor, code: str, parent: Region | None = None, on: date = date(2020, 1, 1)) -> Region:
    with perform(actor, "region_enter", on=on) as act:
        act.subject = made = Region.objects.create(act=act, level=2)
        begin(RegionVersion, act=act, on=on, region=made, parent=parent, code=code, name=f"区域{code}")
        act.content = {"code": code}
    return made


def test_an_act_commits_to_its_content():
    region(Actor.system("test", MORNING), "340100")
    entry = LogEntry.objects.get()
    document = json.loads(bytes(entry.entry))
    assert document["type"] == "party.changed"
    assert document["object"] == f"core_region:{Region.objects.get().pk}"
    Commitment(bytes.fromhex(document["commitment"]), bytes(entry.salt)).check(entry.payload)
    Commitment(bytes.fromhex(entry.payload["ledger"]), bytes(entry.ledger_salt)).check(entry.ledger)
    assert (entry.payload["code"], entry.ledger["kind"]) == ("340100", "region_enter")


def test_an_entry_names_nobody_and_commits_to_the_rows_written():
    made = region(Actor(MORNING, 7, "沈明"), "340100")
    entry = LogEntry.objects.get()
    assert json.loads(bytes(entry.entry))["actor"] == "platform:hengliang"
    assert (entry.ledger["account"], entry.ledger["name"]) == (7, "沈明")
    assert "沈明" not in bytes(entry.entry).decode() + json.dumps(entry.payload, ensure_ascii=False)
    version = made.versions.get()
    assert set(entry.ledger["rows"]) == {f"core_region:{made.pk}", f"core_regionversion:{version.pk}"}
    assert entry.ledger["rows"][f"core_regionversion:{version.pk}"]["name"] == "区域340100"
    assert entry.ledger["rows"][f"core_regionversion:{version.pk}"]["valid_to"] is None
    assert "known_to" not in entry.ledger["rows"][f"core_regionversion:{version.pk}"]


def test_acts_performed_together_are_acts_of_their_own():
    actor = Actor.system("test", MORNING)
    first, second = region(actor, "340100"), region(actor, "340200")
    doings = [Doing(first, date(2026, 1, 1)), Doing(second), Doing(first)]
    with perform_each(Actor(NOON, 7, "沈明"), "region_enter", doings) as acts:
        for act, code in zip(acts, "abc", strict=True):
            act.content = {"code": code}
        made = Region.objects.bulk_create([Region(act=acts[1], level=3), Region(act=acts[2], level=3)])
    entries = [LogEntry.objects.get(act=act) for act in acts]
    documents = [json.loads(bytes(entry.entry)) for entry in entries]
    assert [act.on for act in acts] == [date(2026, 1, 1), date(2026, 3, 2), date(2026, 3, 2)]
    assert [set(entry.ledger["rows"]) for entry in entries] == [set(), *({f"core_region:{one.pk}"} for one in made)]
    before = {one.act_id: leaf_hash(bytes(one.entry)).hex() for one in LogEntry.objects.all()}
    assert [document["prev"] for document in documents] == [
        before[first.act_id], before[second.act_id], before[acts[0].pk]
    ], "the newest entry about the same object, also among those performed together"  # fmt: skip
    for entry, document in zip(entries, documents, strict=True):
        Commitment(bytes.fromhex(document["commitment"]), bytes(entry.salt)).check(entry.payload)
    assert len({bytes(entry.salt) for entry in entries}) == 3


def test_of_acts_performed_together_one_that_fails_leaves_none():
    with pytest.raises(InputRefused), transaction.atomic():
        doings = [Doing(reason="x"), Doing(reason=" ")]
        with perform_each(Actor.system("test", MORNING), "test_with_reason", doings):
            raise AssertionError("not reached")
    pair = perform_each(Actor.system("test", MORNING), "region_enter", [Doing(), Doing()])
    with pytest.raises(ValueError, match="broken"), pair:
        raise ValueError("broken")
    assert not Act.objects.exists()


def test_an_act_without_entry_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="has no log entry"), transaction.atomic():
        Act.objects.create(kind="smuggled", on=date(2026, 1, 1), at=MORNING)
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_act SET reason = 'other'",
        "DELETE FROM core_act",
        "UPDATE core_logentry SET entry = 'x'",
        "DELETE FROM core_logentry",
    ],
)
def test_acts_and_entries_are_never_changed(statement):
    region(Actor.system("test", MORNING), "340100")
    with pytest.raises(IntegrityError, match="never changed"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_salt_can_be_erased():
    region(Actor.system("test", MORNING), "340100")
    assert LogEntry.objects.update(salt=None, payload=None, ledger=None, ledger_salt=None) == 1


def test_an_act_that_needs_a_reason_refuses_without():
    with (
        pytest.raises(InputRefused, match=r"needs a reason|理由"),
        perform(Actor.system("t"), "test_with_reason"),
    ):
        raise AssertionError("the body must not run")
    assert not Act.objects.exists()


def test_what_we_knew_in_the_morning_stays_readable_at_noon():
    actor = Actor.system("test", MORNING)
    made = region(actor, "340100")
    with perform(Actor.system("test", NOON), "region_rename", subject=made, on=date(2024, 1, 1)) as act:
        revise(made.versions, act=act, on=date(2024, 1, 1), name="新名")
    names = lambda on, known_at=None: [v.name for v in made.versions.on(on, known_at)]  # noqa: E731
    assert names(date(2023, 12, 31)) == ["区域340100"]
    assert names(date(2024, 1, 1)) == ["新名"]
    assert names(date(2024, 1, 1), MORNING) == ["区域340100"]
    assert [a.kind for a in history_of(made)] == ["region_rename", "region_enter"]


def test_a_back_dated_revision_keeps_what_was_entered_for_later():
    made = region(Actor.system("test", MORNING), "340100")
    with perform(Actor.system("test", MORNING), "region_rename", subject=made) as act:
        revise(made.versions, act=act, on=date(2025, 1, 1), name="后名")
    with perform(Actor.system("test", NOON), "region_recode", subject=made) as act:
        revise(made.versions, act=act, on=date(2022, 1, 1), code="340199")
    rows = [(v.valid_from.year, v.code, v.name) for v in made.versions.known().order_by("valid_from")]
    assert rows == [(2020, "340100", "区域340100"), (2022, "340199", "区域340100"), (2025, "340199", "后名")]


def test_two_rows_can_not_speak_of_one_day():
    made = region(Actor.system("test", MORNING), "340100")
    with pytest.raises(IntegrityError, match="region_once"), perform(Actor.system("t", NOON), "twice") as act:
        begin(RegionVersion, act=act, on=date(2023, 1, 1), region=made, code="1", name="x")


def test_the_tree_of_a_day():
    actor = Actor.system("test", MORNING)
    city = region(actor, "340100")
    county = region(actor, "340121", city)
    with perform(actor, "region_move", subject=county) as act:
        end(county.versions, act=act, on=date(2025, 1, 1))
    assert regions_under([city.pk], date(2024, 6, 1)) == {city.pk, county.pk}
    assert regions_under([city.pk], date(2025, 1, 1)) == {city.pk}
