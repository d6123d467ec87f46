"""The acts of the ledger."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused, TransitionRefused
from hengliang.platform.core.models import Act, Notification
from hengliang.platform.registry import services as s
from hengliang.platform.registry.models import Instrument, InstrumentCode
from hengliang.platform.registry.selectors import instrument_by_code
from tests.platform.cast import NOW

TODAY = date(2026, 3, 2)
JANUARY = date(2026, 1, 10)
FEBRUARY = date(2026, 2, 10)


def entry(instrument, on=TODAY, known_at=None):
    return instrument.states.on(on, known_at).get()


def test_a_filing_is_due_at_once_and_counts_when_accepted(cast, filed):
    made = filed()
    assert (entry(made).status, entry(made).due_on) == ("filed", TODAY)
    s.instrument_accept(actor=cast.actor("authority"), instrument=made, body=cast.body)
    assert entry(made).status == "in_use"
    assert Act.objects.get(kind="instrument_file").subject_id == str(made.pk)


def test_a_filing_names_its_nozzles_or_leaves_nothing(cast, filed):
    made = filed(parts=["1号枪", "2号枪"])
    assert [(part.part_label, entry(part).status) for part in made.parts.order_by("pk")] == [
        ("1号枪", "filed"), ("2号枪", "filed"),
    ]  # fmt: skip
    before = Instrument.objects.count()
    with pytest.raises(InputRefused), transaction.atomic():
        filed(serial_number="A8", parts=["1号枪", "1号枪"])
    assert Instrument.objects.count() == before


@pytest.mark.parametrize("who", ["foreign_owner", "foreign_authority", "verifier", "administrator", "auditor"])
def test_nobody_else_files(cast, filed, who):
    with pytest.raises(NotPermitted):
        filed(who)


def test_an_owner_can_not_accept(cast, filed):
    with pytest.raises(NotPermitted):
        s.instrument_accept(actor=cast.actor("owner"), instrument=filed())


def test_a_returned_filing_is_corrected_and_filed_again(cast, filed):
    made, owner = filed(), cast.actor("owner")
    s.instrument_return(actor=cast.actor("authority"), instrument=made, reason="出厂编号看不清")
    with pytest.raises(TransitionRefused):
        s.instrument_accept(actor=cast.actor("authority"), instrument=made)
    s.instrument_correct(actor=owner, instrument=made, reason="重看铭牌", serial_number="A7")
    s.instrument_file_again(actor=owner, instrument=made)
    s.instrument_accept(actor=cast.actor("authority"), instrument=made)
    made.refresh_from_db()
    assert "a7" in made.search_text
    with pytest.raises(NotPermitted):
        s.instrument_correct(actor=owner, instrument=made, reason="又看", serial_number="A8")


def test_a_correction_keeps_the_former_version(cast, in_use):
    made = in_use()
    s.instrument_correct(actor=cast.actor("verifier"), instrument=made, reason="铭牌", model="JYJ-60")
    assert [event.model for event in made.events.all()] == ["JYJ-50"]
    with pytest.raises(InputRefused, match=r"already|已"):
        s.instrument_correct(actor=cast.actor("verifier"), instrument=made, reason="铭牌", model=" JYJ-60 ")


def test_the_same_instrument_is_not_filed_twice(filed):
    first = filed()
    with pytest.raises(Refused, match=first.code):
        filed()
    with pytest.raises(InputRefused):
        filed(serial_number=" ")


def test_nothing_is_dated_ahead_or_before_the_filing(cast, in_use):
    made = in_use()
    for day in (TODAY + timedelta(1), TODAY - timedelta(1)):
        with pytest.raises(InputRefused):
            s.instrument_stop(actor=cast.actor("owner"), instrument=made, reason="大修", on=day)


def test_stop_and_resume_carry_the_parts(cast, in_use):
    made, owner = in_use(on=JANUARY), cast.actor("owner")
    one = s.instrument_part_add(actor=owner, instrument=made, label="1号枪", on=JANUARY)
    two = s.instrument_part_add(actor=owner, instrument=made, label="2号枪", on=JANUARY)
    s.instrument_stop(actor=owner, instrument=one, reason="枪坏", on=JANUARY)
    s.instrument_stop(actor=owner, instrument=made, reason="大修", on=FEBRUARY)
    assert [entry(i).status for i in (made, one, two)] == ["stopped"] * 3
    s.instrument_resume(actor=owner, instrument=made)
    assert [entry(i).status for i in (made, one, two)] == ["in_use", "stopped", "in_use"]
    assert entry(made, FEBRUARY).status == "stopped"


def test_a_part_stands_where_the_whole_stands(cast, in_use):
    made, owner = in_use(), cast.actor("owner")
    part = s.instrument_part_add(actor=owner, instrument=made, label="1号枪")
    with pytest.raises(InputRefused):
        s.instrument_part_add(actor=owner, instrument=made, label="1号枪")
    with pytest.raises(InputRefused):
        s.instrument_part_add(actor=owner, instrument=part, label="1号枪的枪")
    s.instrument_move(actor=owner, instrument=made, place="2号岛")
    assert (entry(part).place, entry(part).is_part) == ("2号岛", True)


def test_a_whole_is_due_when_its_first_part_is(cast, in_use):
    made, owner = in_use(on=JANUARY), cast.actor("owner")
    parts = [s.instrument_part_add(actor=owner, instrument=made, label=f"{n}号枪", on=JANUARY) for n in (1, 2)]
    for part, due in zip(parts, (date(2026, 7, 9), date(2026, 8, 9)), strict=True):
        s.earlier_result_enter(
            actor=cast.actor("authority"), instrument=part, verified_on=JANUARY, passed=True, due_on=due, reason="纸证"
        )
    assert (entry(made).due_on, entry(made).last_result) == (date(2026, 7, 9), "pass")
    s.instrument_stop(actor=owner, instrument=parts[0], reason="枪坏")
    assert entry(made).due_on == date(2026, 8, 9)
    assert entry(made, FEBRUARY).due_on == date(2026, 7, 9)


def test_what_was_known_stays_readable(cast, in_use):
    made = in_use(on=JANUARY)
    later = NOW + timedelta(hours=2)
    s.instrument_transfer(
        actor=cast.actor("authority", later), instrument=made, owner=cast.foreign_enterprise, reason="转让", on=FEBRUARY
    )
    assert entry(made, FEBRUARY).owner == cast.foreign_enterprise
    assert entry(made, JANUARY).owner == cast.enterprise
    assert entry(made, FEBRUARY, later - timedelta(hours=1)).owner == cast.enterprise


def test_a_change_that_would_undo_a_later_one_is_refused(cast, in_use):
    made, owner = in_use(on=JANUARY), cast.actor("owner")
    s.instrument_move(actor=owner, instrument=made, place="3号岛", on=FEBRUARY)
    with pytest.raises(Refused, match="2026"):
        s.instrument_move(actor=owner, instrument=made, place="2号岛", on=JANUARY)
    s.instrument_stop(actor=owner, instrument=made, reason="大修", on=JANUARY)
    assert (entry(made).place, entry(made).status) == ("3号岛", "stopped")


def test_lost_found_and_scrapped(cast, in_use):
    made, owner = in_use(), cast.actor("owner")
    s.instrument_lose(actor=owner, instrument=made, reason="盘点未见")
    s.instrument_find(actor=owner, instrument=made)
    assert entry(made).status == "stopped"
    with pytest.raises(InputRefused):
        s.instrument_scrap(actor=owner, instrument=made, reason="  ")
    s.instrument_scrap(actor=owner, instrument=made, reason="超过使用年限")
    with pytest.raises(TransitionRefused):
        s.instrument_move(actor=owner, instrument=made, place="库房")


def test_a_body_is_a_body(cast, in_use):
    made, authority = in_use(), cast.actor("authority")
    with pytest.raises(InputRefused):
        s.instrument_assign_body(actor=authority, instrument=made, body=cast.enterprise)
    s.instrument_assign_body(actor=authority, instrument=made, body=None)
    assert entry(made).body is None


def test_reclassify_changes_only_what_is_told(cast, in_use):
    made = in_use()
    s.instrument_reclassify(actor=cast.actor("authority"), instrument=made, reason="不用于贸易", mandatory=False)
    assert (entry(made).mandatory, entry(made).purpose) == (False, "trade")


def test_codes_have_their_time_and_name_one_instrument(cast, in_use):
    made, owner = in_use(on=JANUARY), cast.actor("owner")
    s.instrument_code_assign(actor=owner, instrument=made, kind="ecqs", value="E-1", on=JANUARY)
    s.instrument_code_assign(actor=owner, instrument=made, kind="ecqs", value="E-2", on=FEBRUARY)
    on = lambda day: [c.value for c in made.codes.on(day)]  # noqa: E731
    assert (on(JANUARY), on(TODAY)) == (["E-1"], ["E-2"])
    assert instrument_by_code("E-2").instrument == made
    with pytest.raises(Refused):
        s.instrument_code_assign(actor=owner, instrument=in_use(serial_number="A2"), kind="ecqs", value="E-2")
    with pytest.raises(InputRefused):
        s.instrument_code_assign(actor=owner, instrument=made, kind="former", value="X")


def test_a_merged_entry_leads_to_the_one_that_stays(cast, in_use):
    kept, twin = in_use(on=JANUARY), in_use(serial_number="A01", on=JANUARY)
    authority = cast.actor("authority")
    s.instrument_code_assign(actor=authority, instrument=twin, kind="ecqs", value="E-9")
    part = s.instrument_part_add(actor=authority, instrument=twin, label="1号枪", on=FEBRUARY)
    s.earlier_result_enter(
        actor=authority, instrument=part, verified_on=FEBRUARY, passed=True, due_on=date(2026, 8, 9), reason="纸证"
    )
    s.instrument_merge(actor=authority, instrument=twin, into=kept, reason="同一台")
    found = instrument_by_code(twin.code)
    assert (found.instrument, found.redirected) == (kept, True)
    assert instrument_by_code("E-9").instrument == kept
    assert entry(twin).status == "merged"
    assert entry(kept).due_on == date(2026, 8, 9)
    part.refresh_from_db()
    assert part.part_of == kept
    assert {c.kind for c in InstrumentCode.objects.on(TODAY).filter(instrument=kept)} == {"ecqs", "former"}
    third = in_use(serial_number="A001")
    s.instrument_merge(actor=authority, instrument=kept, into=third, reason="同一台")
    assert instrument_by_code(twin.code).instrument == third
    assert Instrument.objects.get(pk=twin.pk).merged_into == third


def test_an_instrument_does_not_merge_with_itself_or_what_is_gone(cast, in_use):
    kept, authority = in_use(), cast.actor("authority")
    gone = in_use(serial_number="A2")
    s.instrument_scrap(actor=authority, instrument=gone, reason="坏")
    with pytest.raises(InputRefused):
        s.instrument_merge(actor=authority, instrument=kept, into=kept, reason="同一台")
    with pytest.raises(TransitionRefused):
        s.instrument_merge(actor=authority, instrument=kept, into=gone, reason="同一台")


def told(cast, who):
    rows = Notification.objects.filter(account_id=cast.accounts[who].pk).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_who_keeps_a_ledger_hears_what_others_enter_in_it(cast, in_use):
    made, authority = in_use(), cast.actor("authority")
    s.instrument_move(actor=cast.actor("owner"), instrument=made, place="2号岛")
    assert told(cast, "owner") == []
    s.instrument_move(actor=authority, instrument=made, place="3号岛", reason="查看现场")
    s.instrument_transfer(actor=authority, instrument=made, owner=cast.foreign_enterprise, reason="转让")
    assert told(cast, "owner") == ["instrument.moved", "instrument.went"]
    assert told(cast, "foreign_owner") == ["instrument.came"]
