"""What a verification writes into the ledger."""

from datetime import date

import pytest

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.registry import services as s

BEGIN = date(2024, 1, 5)
FIRST, SECOND = date(2024, 3, 1), date(2025, 3, 1)


@pytest.fixture
def made(in_use):
    return in_use(on=BEGIN)


def enter(cast, instrument, day, *, passed=True, due_on=None):
    actor = cast.actor("approver")
    with perform(actor, "certificate_issue", subject=instrument, on=day) as act:
        return s.verification_result_enter(
            actor=actor, act=act, instrument=instrument, verified_on=day, passed=passed, due_on=due_on, reason="证书"
        )


def told(instrument, day):
    row = instrument.states.on(day).get()
    return row.last_on, row.last_result, row.due_on


def test_a_result_speaks_from_its_day(cast, made):
    enter(cast, made, FIRST, due_on=date(2025, 2, 28))
    assert told(made, BEGIN) == (None, "", BEGIN)
    assert told(made, FIRST) == (FIRST, "pass", date(2025, 2, 28))


def test_a_failure_is_due_from_the_day_it_failed(cast, made):
    enter(cast, made, FIRST, due_on=date(2025, 2, 28))
    enter(cast, made, SECOND, passed=False)
    assert told(made, SECOND) == (SECOND, "fail", SECOND)


def test_a_result_entered_late_does_not_undo_the_next(cast, made):
    enter(cast, made, SECOND, due_on=date(2026, 2, 28))
    enter(cast, made, FIRST, due_on=date(2025, 2, 28))
    assert told(made, FIRST)[2] == date(2025, 2, 28)
    assert told(made, SECOND) == (SECOND, "pass", date(2026, 2, 28))


def test_a_withdrawn_proof_leaves_what_was_before(cast, made):
    enter(cast, made, FIRST, due_on=date(2025, 2, 28))
    enter(cast, made, SECOND, due_on=date(2026, 2, 28))
    actor = cast.actor("approver")
    with perform(actor, "certificate_withdraw", subject=made, reason="复核") as act:
        taken = s.verification_result_withdraw(actor=actor, act=act, instrument=made, verified_on=SECOND)
        assert taken is not None
        assert s.verification_result_withdraw(actor=actor, act=act, instrument=made, verified_on=FIRST) is not None
    assert told(made, date(2025, 6, 1)) == (SECOND, "pass", date(2026, 2, 28))
    assert told(made, actor.today) == (None, "", BEGIN)


def test_a_superseded_proof_changes_nothing_when_withdrawn(cast, made):
    enter(cast, made, FIRST, due_on=date(2025, 2, 28))
    enter(cast, made, SECOND, due_on=date(2026, 2, 28))
    actor = cast.actor("approver")
    with perform(actor, "certificate_withdraw", subject=made, reason="复核") as act:
        assert s.verification_result_withdraw(actor=actor, act=act, instrument=made, verified_on=FIRST) is None


def test_a_proof_of_a_merged_entry_counts_for_the_one_that_stays(cast, made, in_use):
    twin = in_use(serial_number="A01")
    s.instrument_merge(actor=cast.actor("authority"), instrument=twin, into=made, reason="同一台")
    twin.refresh_from_db()
    enter(cast, twin, FIRST, due_on=date(2025, 2, 28))
    assert told(made, FIRST)[0] == FIRST


def test_an_earlier_paper_is_entered_with_its_reason(cast, filed):
    made = filed(last_on=FIRST, last_result="pass", due_on=date(2025, 2, 28))
    authority = cast.actor("authority")
    with pytest.raises(InputRefused):
        s.earlier_result_enter(
            actor=authority, instrument=made, verified_on=SECOND, passed=True, due_on=FIRST, reason="纸证"
        )
    with pytest.raises(Refused, match="2024"):
        s.earlier_result_enter(
            actor=authority, instrument=made, verified_on=date(2023, 3, 1), passed=True, due_on=FIRST, reason="纸证"
        )
