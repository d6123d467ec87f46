"""A round from its filing to its records: states, synchronisation, conflicts, and what changed meanwhile."""

from datetime import timedelta
from importlib import import_module

import pytest

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, TransitionRefused
from hengliang.platform.registry.services import instrument_accept, instrument_stop, instrument_transfer
from hengliang.platform.verification.errors import PackageRefused
from hengliang.platform.verification.models import (
    Application,
    FieldEntry,
    Record,
    Round,
    RoundSignature,
    RoundUpload,
    Task,
    TaskNote,
)
from hengliang.platform.verification.rounds.merge import subject_of_unknown
from hengliang.platform.verification.rounds.standing import standing_of
from hengliang.platform.verification.services import (
    record_approve,
    record_review,
    round_add,
    round_announce,
    round_cancel,
    round_close,
    round_confirm,
    round_file,
    round_plan,
    round_propose,
    round_records,
    round_return,
    round_settle,
    round_synchronise,
    round_take_out,
    task_cancel,
    unknown_file,
)
from hengliang.platform.verification.views.round_page import refused_still
from tests.platform import slice as walk
from tests.platform.cast import NOW
from tests.platform.verification.rounds.field import Device, make_market, make_round

pytestmark = pytest.mark.django_db
SYNCHRONISING = import_module("hengliang.platform.verification.services.round_synchronise")
TODAY = NOW.date()
A, B = "aaaaaaaa-1", "bbbbbbbb-2"
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Erk"
    "Jggg=="
)


@pytest.fixture
def world(cast):
    return make_market(cast)


@pytest.fixture
def shown(world):
    return make_round(world)


def sync(world, device, content=None):
    return round_synchronise(actor=world.actor(device.who), shown=device.shown, content=content or device.file())


def counts(shown):
    return {state: count for state, count in standing_of(shown).counts.items() if count}


def test_an_organiser_files_for_its_stallholders(world):
    shown = make_round(world, announced=False)
    assert (shown.kind, shown.state, shown.lines.count()) == ("market", "planned", 4)
    assert {a.applicant for a in Application.objects.all()} == set(world.stalls), "one application a user"
    assert all(a.applied_at.date() == TODAY and a.on_site for a in Application.objects.all())


def test_an_announced_round_has_a_waiting_task_a_line(world, shown):
    tasks = [line.task for line in shown.lines.all()]
    assert {(t.state, t.body, t.scheduled_on, t.verifier) for t in tasks} == {
        ("waiting", world.cast.body, TODAY, world.cast.people["verifier"])
    }
    assert shown.state == "confirmed"


def test_an_authority_plans_and_the_body_applies_for_the_users(world):
    shown = round_plan(
        actor=world.actor("authority"), kind=Round.Kind.TOWNSHIP, body=world.cast.body, region=world.cast.county,
        place="量县", starts_on=TODAY, ends_on=TODAY + timedelta(days=1), instruments=world.scales,
    )  # fmt: skip
    assert [stop.name for stop in shown.stops.order_by("rank")] == ["量县第1摊", "量县第2摊"]
    assert not Task.objects.exists()
    people = world.cast.people
    round_announce(actor=world.actor("manager"), shown=shown, first=people["verifier"], second=people["second"])
    assert Task.objects.filter(state="waiting", round_lines__round=shown).count() == 4


def test_an_appointment_is_proposed_and_confirmed(world, cast):
    own = walk.make_instrument(cast, "SC9999", cast.scale, "电子计价秤")
    shown = round_file(
        actor=cast.actor("owner"), organiser=cast.enterprise, body=cast.body, starts_on=TODAY, ends_on=TODAY,
        instruments=[own],
    )  # fmt: skip
    assert shown.kind == "appointment"
    people, day = cast.people, TODAY + timedelta(days=3)
    with pytest.raises(InputRefused, check=lambda e: e.code == "appointment_needs_day"):
        round_announce(actor=cast.actor("manager"), shown=shown, first=people["verifier"], second=people["second"])
    round_propose(
        actor=cast.actor("manager"), shown=shown, first=people["verifier"], second=people["second"], starts_on=day,
        ends_on=day,
    )  # fmt: skip
    assert (shown.state, shown.starts_on) == ("proposed", day)
    with pytest.raises(NotPermitted):
        round_confirm(actor=cast.actor("market"), shown=shown)
    round_confirm(actor=cast.actor("owner"), shown=shown)
    assert shown.state == "confirmed"
    assert shown.lines.get().task.state == "waiting"


@pytest.mark.parametrize("who", ["owner", "market", "verifier", "reviewer", "foreign_verifier", "auditor"])
def test_only_the_manager_announces(world, who):
    shown, people = make_round(world, announced=False), world.cast.people
    with pytest.raises(NotPermitted):
        round_announce(actor=world.actor(who), shown=shown, first=people["verifier"], second=people["second"])


def test_nobody_files_for_another_market(world, cast):
    own = walk.make_instrument(cast, "SC9999", cast.scale, "电子计价秤")
    with pytest.raises(InputRefused, match="SC9999"):
        round_file(
            actor=world.actor("market"), organiser=world.market, body=cast.body, starts_on=TODAY, ends_on=TODAY,
            instruments=[own],
        )  # fmt: skip
    with pytest.raises(NotPermitted):
        round_file(
            actor=cast.actor("owner"), organiser=world.market, body=cast.body, starts_on=TODAY, ends_on=TODAY,
            instruments=world.scales,
        )  # fmt: skip


def test_two_verifiers_are_two_people_of_the_body(world):
    shown, people = make_round(world, announced=False), world.cast.people
    for second in ("verifier", "owner"):
        with pytest.raises(InputRefused):
            round_announce(actor=world.actor("manager"), shown=shown, first=people["verifier"], second=people[second])


def test_a_round_begins_today_at_the_earliest(world):
    with pytest.raises(InputRefused, check=lambda e: e.code == "round_days" and e.field == "starts_on"):
        round_file(
            actor=world.actor("market"), organiser=world.market, body=world.cast.body,
            starts_on=TODAY - timedelta(days=1), ends_on=TODAY, instruments=world.scales,
        )  # fmt: skip


def test_a_package_holds_what_is_needed_and_is_the_same_when_asked_again(world, shown):
    device = Device(world, shown, "verifier", A)
    told = device.content
    assert [one["serial"] for one in told["instruments"]] == ["20240000", "20240002", "20240001", "20240003"]
    rule = told["rules"][told["instruments"][0]["rule"]]
    assert rule["edition"] == "2017-05-30"
    assert rule["tables"]["mpe"]["rows"][0]["brackets"][0][3] == [{"times": "0.5", "of": [], "over": []}]
    assert told["standards"][0]["id"] == world.standard.pk
    again = round_take_out(actor=world.actor("verifier"), shown=shown, device=A)
    assert again.pk == device.package.pk
    other = round_take_out(actor=world.actor("verifier"), shown=shown, device=A, afresh=True)
    assert other.pk != again.pk
    assert shown.state == "out"


def test_only_its_two_verifiers_take_a_round_out(world, shown):
    for who in ("manager", "market", "foreign_verifier"):
        with pytest.raises(NotPermitted):
            round_take_out(actor=world.actor(who), shown=shown, device=A)
    planned = Round.objects.get(pk=shown.pk)
    Round.objects.filter(pk=shown.pk).update(state="closed")
    with pytest.raises(TransitionRefused):
        round_take_out(actor=world.actor("verifier"), shown=planned, device=A)


def test_what_was_measured_becomes_records_of_the_verifier(world, shown):
    device = Device(world, shown, "second", B)
    device.measures(0)
    device.measures(1, "fail", label="L-2")
    device.says("absent", 2)
    device.says("refused", 3)
    receipt = sync(world, device)
    assert (receipt.entered, receipt.known, receipt.refused) == (4, 0, {})
    assert counts(shown) == {"passed": 1, "failed": 1, "absent": 1, "refused": 1}
    assert {r.verifier.name for r in Record.objects.all()} == {"second"}
    assert {n.kind for n in TaskNote.objects.all()} == {"absent", "refused"}
    assert Task.objects.filter(state="measured").count() == 2


def test_a_label_that_is_not_in_hand_is_told_though_the_record_stands(world, shown):
    device = Device(world, shown, "verifier", A)
    device.measures(0, label="L-404")
    sync(world, device)
    subject = standing_of(shown).subjects[0]
    assert subject.state == "passed" and subject.in_the_way is not None and subject.in_the_way.held["code"]


def test_a_second_upload_changes_nothing(world, shown):
    device = Device(world, shown, "verifier", A)
    device.measures(0)
    content = device.file()
    sync(world, device, content)
    again = sync(world, device, content)
    assert again.replayed
    assert (RoundUpload.objects.count(), FieldEntry.objects.count(), Record.objects.count()) == (1, 1, 1)
    device.says("absent", 1)
    longer = sync(world, device)
    assert (longer.entered, longer.known) == (1, 1)
    assert (FieldEntry.objects.count(), Record.objects.count()) == (2, 1)


def test_two_devices_that_differ_are_a_conflict_until_a_person_decides(world, shown):
    one, two = Device(world, shown, "verifier", A), Device(world, shown, "second", B)
    one.measures(0)
    two.says("absent", 0)
    sync(world, one)
    assert counts(shown)["passed"] == 1
    sync(world, two)
    assert counts(shown) == {"conflict": 1, "open": 3}
    round_return(actor=world.actor("manager"), shown=shown)
    with pytest.raises(Blocked):
        round_close(actor=world.actor("manager"), shown=shown)
    absent = FieldEntry.objects.get(kind="absent")
    with pytest.raises(InputRefused):
        round_settle(actor=world.actor("manager"), shown=shown, entry=absent, reason=" ")
    with pytest.raises(NotPermitted):
        round_settle(actor=world.actor("verifier"), shown=shown, entry=absent, reason="看错了摊位")
    round_settle(actor=world.actor("manager"), shown=shown, entry=absent, reason="看错了摊位")
    assert counts(shown) == {"absent": 1, "open": 3}
    assert Record.objects.get().state == "void", "the record of the other entry does not stand"
    assert Task.objects.get(round_lines=shown.lines.order_by("stop__rank", "stall").first()).state == "waiting"
    assert TaskNote.objects.get().kind == "absent"
    assert FieldEntry.objects.count() == 2, "both stay readable"
    round_close(actor=world.actor("manager"), shown=shown)


def test_the_chosen_entry_gets_its_record_from_its_verifier(world, shown):
    one, two = Device(world, shown, "verifier", A), Device(world, shown, "second", B)
    one.says("absent", 0)
    two.measures(0)
    sync(world, one)
    sync(world, two)
    assert not Record.objects.exists(), "nothing is recorded while two differ"
    round_settle(
        actor=world.actor("manager"), shown=shown, entry=FieldEntry.objects.get(kind="measured"), reason="有读数"
    )
    assert round_records(actor=world.actor("verifier"), shown=shown) == 0, "not one's own"
    assert round_records(actor=world.actor("second"), shown=shown) == 1
    assert counts(shown) == {"passed": 1, "open": 3}


def test_order_of_uploads_gives_the_same_standing(world, shown):
    one, two = Device(world, shown, "verifier", A), Device(world, shown, "second", B)
    one.says("absent", 0)
    one.says("refused", 1)
    two.says("refused", 1)
    two.says("absent", 2)
    first = one.file()
    one.says("refused", 0)
    for device, content in ((two, two.file()), (one, one.file()), (one, first)):
        sync(world, device, content)
    assert counts(shown) == {"refused": 2, "absent": 1, "open": 1}


def test_a_proof_that_was_issued_is_not_overruled(world, shown, settings):
    settings.TRAINING = True
    from hengliang.platform.certificates.services import certificate_issue

    one, two = Device(world, shown, "verifier", A), Device(world, shown, "second", B)
    one.measures(0)
    sync(world, one)
    record = Record.objects.get()
    record_review(actor=world.actor("reviewer"), record=record)
    record_approve(actor=world.actor("approver"), record=record)
    certificate_issue(actor=world.actor("approver"), record=record)
    two.says("absent", 0)
    sync(world, two)
    with pytest.raises(Blocked):
        round_settle(
            actor=world.actor("manager"), shown=shown, entry=FieldEntry.objects.get(kind="absent"), reason="记错"
        )


REFUSED = {
    "damaged": lambda d: d.file()[:-3],
    "not_results": lambda d: d.package.content.encode(),
    "foreign_deployment": lambda d: d.file(deployment="elsewhere.example/log"),
    "other_round": lambda d: d.file(round=d.shown.pk + 1),
    "unknown_package": lambda d: d.file(package="0" * 64),
    "other_person": lambda d: d.file(person=d.package.person_id + 1),
    "other_device": lambda d: d.file(device="cccccccc-3"),
    "altered": lambda d: d.file().replace(b'"absent"', b'"refused"'),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_file_that_does_not_belong_is_refused_with_the_reason_and_kept(world, shown, code):
    device = Device(world, shown, "verifier", A)
    device.says("absent", 0)
    content = REFUSED[code](device)
    for _time in range(2):
        with pytest.raises(PackageRefused) as caught:
            sync(world, device, content)
        assert caught.value.code == code
    kept = RoundUpload.objects.get()
    assert (bytes(kept.file), kept.refusal) == (content, code)
    assert not FieldEntry.objects.exists()
    assert sync(world, device).entered == 1, "the right file is taken afterwards"


def test_refused_files_are_kept_up_to_a_bound_and_a_late_day_all_the_same(world, shown, monkeypatch):
    monkeypatch.setattr(SYNCHRONISING, "MOST_REFUSED", 2)
    device = Device(world, shown, "verifier", A)
    device.says("absent", 0)
    codes = []
    for number in range(4):
        with pytest.raises(PackageRefused) as caught:
            sync(world, device, b"garbage %d" % number)
        codes.append(caught.value.code)
    assert codes == ["damaged", "damaged", "too_many_refused", "too_many_refused"]
    assert "没有保存" in str(caught.value) and "已损坏" in str(caught.value)
    assert RoundUpload.objects.count() == 2
    with pytest.raises(PackageRefused, check=lambda e: e.code == "damaged"):
        round_synchronise(actor=world.actor("second"), shown=shown, content=b"garbage of somebody else")
    round_return(actor=world.actor("manager"), shown=shown)
    round_close(actor=world.actor("manager"), shown=shown)
    with pytest.raises(PackageRefused, check=lambda e: e.code == "stale"):
        sync(world, device)
    monkeypatch.setattr(SYNCHRONISING, "MOST_BYTES", 10)
    with pytest.raises(PackageRefused, check=lambda e: e.code == "too_many_refused"):
        round_synchronise(actor=world.actor("second"), shown=shown, content=b"more garbage")


def test_the_device_of_another_verifier_is_refused(world, shown):
    device = Device(world, shown, "verifier", A)
    device.says("absent", 0)
    with pytest.raises(PackageRefused, match="verifier"):
        round_synchronise(actor=world.actor("second"), shown=shown, content=device.file())
    assert refused_still(shown).count() == 1
    assert sync(world, device).entered == 1, "the very file, sent by its owner"
    assert refused_still(shown).count() == 0
    again = sync(world, device)
    assert (again.entered, again.replayed) == (0, True)


def test_a_closed_round_takes_nothing_more_and_keeps_the_file(world, shown):
    device = Device(world, shown, "verifier", A)
    device.says("absent", 0)
    round_return(actor=world.actor("manager"), shown=shown)
    assert sync(world, device).entered == 1, "what is back may still be synchronised"
    round_close(actor=world.actor("manager"), shown=shown)
    device.says("refused", 1)
    with pytest.raises(PackageRefused, check=lambda e: e.code == "stale"):
        sync(world, device)
    assert RoundUpload.objects.filter(refusal="stale").count() == 1


def test_single_entries_that_can_not_be_take_no_other_with_them(world, shown):
    device = Device(world, shown, "verifier", A)
    device.says("absent", 0)
    sync(world, device)
    device.entries[0]["kind"] = "refused"
    device.says("absent", subject="line:999999")
    device.says("absent", 1)["day"] = "2026-03-03"
    device.says("dancing", 1)
    device.says("absent", 1)["day"] = "2026-03-01"
    device.says("measured", 1, data=[1])
    device.says("absent", 1)["made_at"] = "0001-01-01T00:00:00+14:00"
    device.says("absent", 1)["sequence"] = 2**40
    device.says("absent", 3)
    receipt = sync(world, device)
    malformed = dict.fromkeys((4, 6, 7, 2**40), "entry_malformed")
    assert receipt.refused == malformed | {1: "doubled", 2: "not_of_this_round", 3: "day_ahead", 5: "day_before"}
    assert receipt.entered == 1
    assert counts(shown) == {"absent": 2, "open": 2}


def test_an_entry_that_is_no_record_stops_only_itself(world, shown):
    device = Device(world, shown, "verifier", A)
    for at, data in enumerate(({"instrument": [], "items": "x"}, {"items": {"a": "x"}}, {"items": {"a": ["x"]}})):
        device.says("measured", at, data=data)
    device.measures(3)
    receipt = sync(world, device)
    assert receipt.refused == dict.fromkeys((1, 2, 3), "entry_malformed")
    assert counts(shown) == {"passed": 1, "open": 3}


def test_an_entry_that_fails_for_a_reason_of_ours_is_held_and_stops_no_other(world, shown, monkeypatch):
    module = import_module("hengliang.platform.verification.services.round_records")

    submit = module.record_submit

    def failing(**told):
        if told["task"].instrument.code == "SC0000":
            raise AttributeError("no mapping")
        return submit(**told)

    monkeypatch.setattr(module, "record_submit", failing)
    device = Device(world, shown, "verifier", A)
    for at in range(4):
        device.measures(at)
    assert sync(world, device).entered == 4
    assert counts(shown) == {"passed": 3, "held": 1}
    monkeypatch.setattr(module, "record_submit", submit)
    assert round_records(actor=world.actor("verifier"), shown=shown) == 1, "and tried again once it is mended"


def test_an_unknown_scale_is_filed_by_a_person_and_then_recorded(world, shown):
    device = Device(world, shown, "verifier", A)
    subject = subject_of_unknown("20259999", "新厂", A, 1)
    data = walk.example("procedure/price-scale", "pass", "2017-05-30") | {"regime": "initial"}
    device.says(
        "unknown", subject=subject, unknown={"name": "电子计价秤", "serial": "20259999", "maker": "新厂"}, data=data,
        standards=[world.standard.pk],
    )  # fmt: skip
    sync(world, device)
    entry = FieldEntry.objects.get()
    assert (entry.instrument, counts(shown)) == (None, {"open": 4, "unknown": 1})
    told = {"entry": entry, "item": world.cast.scale, "owner": world.stalls[0], "serial_number": "20259999"}
    with pytest.raises(NotPermitted):
        unknown_file(actor=world.actor("verifier"), **told)
    made = unknown_file(actor=world.actor("market"), maker="新厂", **told)
    assert made.states.current().get().status == "filed"
    with pytest.raises(InputRefused):
        round_add(actor=world.actor("manager"), shown=shown, instrument=made)
    instrument_accept(actor=world.actor("authority"), instrument=made)
    round_add(actor=world.actor("manager"), shown=shown, instrument=made)
    assert round_records(actor=world.actor("verifier"), shown=shown) == 1
    assert Record.objects.get().task.instrument == made


def test_the_organiser_signs_once(world, shown):
    device = Device(world, shown, "verifier", A)
    device.signature = {"name": "何市", "png": PNG, "at": NOW.isoformat()}
    sync(world, device)
    device.says("absent", 0)
    sync(world, device)
    assert RoundSignature.objects.get().name == "何市"


def hold(shown):
    return FieldEntry.objects.get(round=shown).held.get("code")


def measured_after(world, shown, change):
    device = Device(world, shown, "verifier", A)
    device.measures(0)
    line = shown.lines.get(pk=int(device.entries[0]["subject"].partition(":")[2]))
    change(line)
    sync(world, device)
    return line


def test_a_task_cancelled_while_out_holds_the_entry(world, shown):
    measured_after(world, shown, lambda line: task_cancel(actor=world.actor("manager"), task=line.task, reason="重复"))
    assert hold(shown) == "task_not_waiting_now"
    assert counts(shown) == {"held": 1, "open": 3}


def test_a_task_that_went_to_another_body_holds_the_entry(world, shown):
    def moved(line):
        Task.objects.filter(pk=line.task_id).update(body=world.cast.accounts["foreign_verifier"].person.organisation)

    measured_after(world, shown, moved)
    assert hold(shown) == "task_moved"


def test_an_instrument_stopped_while_out_holds_the_entry(world, shown):
    measured_after(
        world, shown,
        lambda line: instrument_stop(actor=world.actor("authority"), instrument=line.instrument, reason="停业"),
    )  # fmt: skip
    assert hold(shown) == "out_of_use"


def test_an_instrument_transferred_while_out_waits_for_a_word(world, shown):
    measured_after(
        world, shown,
        lambda line: instrument_transfer(
            actor=world.actor("authority"), instrument=line.instrument, owner=world.cast.enterprise, reason="转让"
        ),
    )  # fmt: skip
    assert hold(shown) == "user_changed"
    entry = FieldEntry.objects.get()
    round_settle(actor=world.actor("manager"), shown=shown, entry=entry, reason="同一台秤")
    assert round_records(actor=world.actor("verifier"), shown=shown) == 1


def test_what_can_not_be_judged_is_held_and_nothing_lost(world, shown):
    device = Device(world, shown, "verifier", A)
    device.measures(0)["data"]["items"].pop("error")
    sync(world, device)
    assert hold(shown) == "record_refused"
    device.measures(0)
    sync(world, device)
    assert counts(shown) == {"passed": 1, "open": 3}, "the later entry of the device speaks"


def test_a_cancelled_round_leaves_its_tasks_waiting(world, shown):
    with pytest.raises(NotPermitted):
        round_cancel(actor=world.actor("verifier"), shown=shown, reason="下雨")
    round_cancel(actor=world.actor("market"), shown=shown, reason="停市")
    assert set(Task.objects.values_list("state", flat=True)) == {"waiting"}


def test_entries_are_never_changed(world, shown):
    from django.db import IntegrityError, transaction

    device = Device(world, shown, "verifier", A)
    device.says("absent", 0)
    sync(world, device)
    with pytest.raises(IntegrityError), transaction.atomic():
        FieldEntry.objects.update(kind="refused")
    with pytest.raises(IntegrityError), transaction.atomic():
        FieldEntry.objects.all().delete()


def test_an_open_task_of_another_body_is_not_for_this_round(world, shown):
    other = world.cast.accounts["foreign_verifier"].person.organisation
    with pytest.raises(InputRefused, match="SC0000"):
        round_plan(
            actor=world.actor("authority"), kind=Round.Kind.MARKET, body=other, region=world.cast.county,
            place="量县菜市场", starts_on=TODAY, ends_on=TODAY, instruments=world.scales,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "sees"),
    [("verifier", 1), ("manager", 1), ("market", 1), ("authority", 1), ("auditor", 1), ("owner", 0),
     ("foreign_verifier", 0), ("foreign_authority", 0), ("foreign_owner", 0)],
)  # fmt: skip
def test_who_sees_a_round(world, shown, who, sees):
    assert Round.objects.visible_to(world.actor(who)).count() == sees


def test_what_was_typed_before_the_round_was_taken_out_again_still_counts(world, shown):
    """Two days in a market without a network: on the second morning one takes the round out again."""
    device = Device(world, shown, "verifier", A)
    device.says("absent", 0)
    tomorrow = NOW + timedelta(days=1)
    device.package = round_take_out(actor=world.actor("verifier", tomorrow), shown=shown, device=A, afresh=True)
    receipt = round_synchronise(actor=world.actor("verifier", tomorrow), shown=shown, content=device.file())
    assert (receipt.entered, receipt.refused) == (1, {})


def test_a_package_tells_what_serves_each_scale_and_until_when_a_pass_holds(world, shown):
    content = Device(world, shown, "verifier", A).content
    first = content["instruments"][0]
    assert first["item"] in content["standards"][0]["items"]
    assert first["printed"] == world.scales[0].printed_code
    assert first["until"] == {TODAY.isoformat(): "2027-03-01"}
    assert content["round"]["training"] is False
