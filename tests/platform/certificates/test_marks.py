"""Numbered marks: received, handed out, used once, spoiled, taken off, destroyed; what a failure does to them."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from hengliang.platform.certificates.marks.carried import answer_of_mark, in_stock, marks_by_number, marks_of
from hengliang.platform.certificates.marks.stock import accounts, in_hand, in_store, skipped
from hengliang.platform.certificates.models import Mark, MarkBatch, MarkHolding
from hengliang.platform.certificates.services import (
    certificate_replace,
    certificate_withdraw,
    mark_destroy,
    mark_remove,
    mark_spoil,
    mark_use,
    marks_hand_out,
    marks_receive,
    marks_take_back,
)
from hengliang.platform.certificates.services.certificate_issue import MarkNamed, certificate_issue
from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, Refused, TransitionRefused
from hengliang.platform.core.models import Act, LogEntry, StateChange
from hengliang.platform.parties.models import Person
from hengliang.platform.registry.services import instrument_transfer
from tests.platform import slice as walk
from tests.platform.certificates.stocked import (
    CANCELLATION,
    LABEL,
    SEAL,
    TODAY,
    approved,
    hand_out,
    put_on,
    stock,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scale(cast):
    return walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")


@pytest.fixture
def standard(cast, settings):
    settings.TRAINING = True
    return walk.equip(cast, cast.scale)


def store(cast: Any) -> list[str]:
    return [text for left in in_store(body=cast.body) for text in left.printed()]


def hand(cast: Any, who: str = "verifier", on: date = TODAY) -> list[str]:
    return [text for left in in_hand(body=cast.body, person=cast.people[who], on=on) for text in left.printed()]


def test_a_batch_of_ten_thousand_is_one_row_until_numbers_leave_it(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000101", "衡检A000200")
    assert MarkBatch.objects.count() == 1
    assert MarkHolding.objects.count() == 1
    assert Mark.objects.count() == 0
    assert store(cast) == ["衡检A000001–衡检A000100", "衡检A000201–衡检A010000"]
    put_on(cast, scale, "衡检A000150")
    assert Mark.objects.count() == 1
    assert hand(cast) == ["衡检A000101–衡检A000149", "衡检A000151–衡检A000200"]
    (account,) = accounts(body=cast.body, on=TODAY)
    assert (account.received, account.store, account.held) == (10_000, 9_900, 99)
    assert account.states == {"on_instrument": 1}
    assert account.unexplained == 0


def test_every_act_on_marks_is_in_the_log(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000010")
    made = put_on(cast, scale, "衡检A000001")
    kinds = {"marks_receive", "marks_hand_out", "mark_use"}
    acts = Act.objects.filter(kind__in=kinds)
    assert {act.kind for act in acts} == kinds
    assert LogEntry.objects.filter(act__in=acts).count() == 3
    moves = StateChange.objects.filter(subject_type="certificates.mark", subject_id=made.pk)
    assert [(one.source, one.target) for one in moves.order_by("pk")] == [("", "in_hand"), ("in_hand", "on_instrument")]


def test_numbers_received_twice_are_refused_also_in_part(cast):
    stock(cast)
    with pytest.raises(InputRefused) as refused:
        stock(cast, first="衡检A009999", last="衡检A012000")
    assert refused.value.code == "marks_received_before"
    stock(cast, first="衡检A010001", last="衡检A012000")
    stock(cast, SEAL)  # the same numbers of another kind are others


@pytest.mark.parametrize(
    ("first", "last"), [("A10", "A9"), ("A01", "B02"), ("A01", "A002"), ("ABC", "ABD"), ("A1" + "0" * 15, "A2")]
)
def test_runs_that_are_none_are_refused(cast, first, last):
    with pytest.raises(InputRefused):
        marks_receive(actor=cast.actor("manager"), body=cast.body, kind=LABEL, first=first, last=last)


def test_a_range_held_by_somebody_is_not_handed_out_again(cast):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    for first, last in (("衡检A000100", "衡检A000110"), ("衡检A000001", "衡检A000001"), ("衡检A010000", "衡检A010001")):
        with pytest.raises(InputRefused) as refused:
            hand_out(cast, first, last, to="reviewer")
        assert refused.value.code == "marks_not_in_store"


def test_the_database_itself_refuses_a_range_held_twice(cast):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO certificates_markholding (valid_from, known_from, first, last, act_id, person_id, series_id)"
            " SELECT valid_from, known_from, 100, 110, act_id, %s, series_id FROM certificates_markholding",
            [cast.people["reviewer"].pk],
        )


def test_only_people_of_the_body_hold_its_marks_and_only_what_had_been_received(cast):
    stock(cast)
    stranger = Person.objects.get(name="foreign_verifier")
    with pytest.raises(InputRefused, match=stranger.name):
        marks_hand_out(
            actor=cast.actor("manager"), body=cast.body, kind=LABEL, person=stranger, first="衡检A000001",
            last="衡检A000002",
        )  # fmt: skip
    with pytest.raises(InputRefused) as refused:
        hand_out(cast, "衡检A000001", "衡检A000002", on=date(2026, 1, 4))
    assert refused.value.code == "marks_before_received"
    with pytest.raises(InputRefused) as refused:
        hand_out(cast, "衡检A000001", "衡检A000002", on=date(2026, 3, 3))
    assert refused.value.code == "mark_ahead"


def test_what_is_taken_back_lies_in_the_store_and_is_dated(cast):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    back = {"actor": cast.actor("manager"), "body": cast.body, "kind": LABEL, "person": cast.people["verifier"]}
    marks_take_back(**back, first="衡检A000041", last="衡检A000060", on=date(2026, 2, 1))
    assert hand(cast) == ["衡检A000001–衡检A000040", "衡检A000061–衡检A000100"]
    assert hand(cast, on=date(2026, 1, 20)) == ["衡检A000001–衡检A000100"]
    assert hand(cast, on=date(2026, 1, 4)) == []
    hand_out(cast, "衡检A000041", "衡检A000060", to="approver", on=date(2026, 2, 1))
    with pytest.raises(InputRefused):  # twice
        marks_take_back(**back, first="衡检A000041", last="衡检A000060")


def test_a_used_number_is_not_taken_back_and_one_taken_back_is_not_used(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    put_on(cast, scale, "衡检A000001")
    back = {"actor": cast.actor("manager"), "body": cast.body, "kind": LABEL, "person": cast.people["verifier"]}
    with pytest.raises(InputRefused) as refused:
        marks_take_back(**back, first="衡检A000001", last="衡检A000100")
    assert refused.value.code == "marks_not_in_hand"
    marks_take_back(**back, first="衡检A000002", last="衡检A000100", on=date(2026, 2, 20))
    # Used before it came back, says who enters it later: it came back as unused, so it was not.
    with pytest.raises(InputRefused) as refused:
        put_on(cast, scale, "衡检A000002", on=date(2026, 2, 10))
    assert refused.value.code == "mark_not_in_hand"


def test_a_number_is_used_once(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    put_on(cast, scale, "衡检A 000007")
    with pytest.raises(InputRefused) as refused:
        put_on(cast, scale, "衡检A000007")
    assert refused.value.code == "mark_used_before"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO certificates_mark (kind, number, first, last, place, "on", taken_off_by, state, act_id,'
            " body_id, region_id, series_id) SELECT kind, number || 'x', first, last, place, \"on\", '', state, act_id,"
            " body_id, region_id, series_id FROM certificates_mark"
        )


def test_a_number_in_other_hands_says_in_whose(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100", to="approver")
    with pytest.raises(InputRefused, match="approver") as refused:
        put_on(cast, scale, "衡检A000001")
    assert refused.value.code == "mark_in_other_hands"
    with pytest.raises(InputRefused) as refused:
        put_on(cast, scale, "衡检B000001")
    assert refused.value.code == "mark_not_received"


def test_a_foreign_body_neither_uses_our_numbers_nor_marks_our_instruments(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    foreign = cast.actor("foreign_verifier")
    with pytest.raises(NotPermitted):
        mark_use(actor=foreign, number="衡检A000001", kind=LABEL, body=cast.body, instrument=scale, on=TODAY)
    theirs = Person.objects.get(name="foreign_verifier").organisation
    with pytest.raises(Blocked) as refused:
        mark_use(actor=foreign, number="衡检A000001", kind=LABEL, body=theirs, instrument=scale, on=TODAY)
    assert refused.value.code == "mark_foreign_instrument"
    put_on(cast, scale, "衡检A000001")
    for who, sees in (("verifier", 1), ("owner", 1), ("authority", 1), ("auditor", 1), ("administrator", 1)):
        assert marks_of(cast.actor(who), scale).count() == sees, who
    for who in ("foreign_verifier", "foreign_owner", "foreign_authority"):
        assert marks_of(cast.actor(who), scale).count() == 0, who


def test_a_seal_needs_its_place_and_each_place_has_one(cast, scale):
    stock(cast, SEAL, "F00001", "F00100")
    hand_out(cast, "F00001", "F00100", SEAL)
    with pytest.raises(InputRefused) as refused:
        put_on(cast, scale, "F00001", SEAL)
    assert refused.value.code == "mark_place_missing"
    former, other = (
        put_on(cast, scale, "F00001", SEAL, place="主板"),
        put_on(cast, scale, "F00002", SEAL, place="传感器"),
    )
    put_on(cast, scale, "F00003", SEAL, place="主板")
    former.refresh_from_db()
    other.refresh_from_db()
    assert (former.state, other.state) == ("superseded", "on_instrument")


def test_the_label_of_a_pass_stands_for_its_certificate(cast, scale, standard):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    record = approved(cast, scale, standard)
    spot = put_on(cast, scale, "衡检A000002")
    assert answer_of_mark(spot, TODAY).verdict == "awaited"
    certificate = certificate_issue(
        actor=cast.actor("approver"), record=record, marks=[MarkNamed(LABEL, "衡检A000003")]
    )
    assert sorted(mark.number for mark in certificate.marks.all()) == ["衡检A000002", "衡检A000003"]
    (label,) = marks_by_number("衡检A000003")
    assert label.person == cast.people["verifier"]
    assert answer_of_mark(label, TODAY).verdict == "in_order"
    assert answer_of_mark(label, date(2030, 1, 1)).verdict == "expired"
    (spot,) = marks_by_number("衡检A000002")
    assert answer_of_mark(spot, TODAY).verdict == "taken_off"


def test_a_label_does_not_go_with_a_fail_and_refusing_it_issues_nothing(cast, scale, standard):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    record = approved(cast, scale, standard, "fail")
    with pytest.raises(InputRefused) as refused, transaction.atomic():
        certificate_issue(actor=cast.actor("approver"), record=record, marks=[MarkNamed(LABEL, "衡检A000001")])
    assert refused.value.code == "mark_does_not_fit"
    assert Mark.objects.count() == 0
    record.task.refresh_from_db()
    assert record.task.state == "approved"


@pytest.fixture
def failed(cast, scale, standard):
    """A scale that passed with label and seal, and failed since; a cancellation mark lies ready."""
    stock(cast)
    stock(cast, SEAL, "F00001", "F00100")
    stock(cast, CANCELLATION, "X001", "X050")
    hand_out(cast, "衡检A000001", "衡检A000100")
    hand_out(cast, "F00001", "F00100", SEAL)
    hand_out(cast, "X001", "X050", CANCELLATION)
    passed = certificate_issue(
        actor=cast.actor("approver"), record=approved(cast, scale, standard),
        marks=[MarkNamed(LABEL, "衡检A000001"), MarkNamed(SEAL, "F00001", "主板")],
    )  # fmt: skip
    notice = certificate_issue(actor=cast.actor("approver"), record=approved(cast, scale, standard, "fail"))
    return passed, notice


def states(*numbers: str) -> list[str]:
    return [marks_by_number(number)[0].state for number in numbers]


def test_a_failure_cancels_the_label_and_leaves_the_seal(cast, failed):
    assert states("衡检A000001", "F00001") == ["to_remove", "on_instrument"]
    assert answer_of_mark(marks_by_number("衡检A000001")[0], TODAY).verdict == "to_be_removed"


def test_a_notice_that_does_not_stand_revives_the_label_unless_it_is_off(cast, scale, standard, failed):
    certificate_withdraw(actor=cast.actor("approver"), certificate=failed[1], reason="误判")
    assert states("衡检A000001") == ["on_instrument"]
    again = certificate_issue(actor=cast.actor("approver"), record=approved(cast, scale, standard, "fail"))
    (label,) = marks_by_number("衡检A000001")
    mark_remove(actor=cast.actor("verifier"), mark=label, taken_off_by="张检", reason="不合格撕除")
    certificate_replace(actor=cast.actor("approver"), certificate=again, reason="笔误")
    assert states("衡检A000001") == ["removed"]


def test_a_cancellation_mark_strikes_the_label_and_the_next_pass_supersedes_it(cast, scale, standard, failed):
    struck_by = put_on(cast, scale, "X001", CANCELLATION)
    assert struck_by.record == failed[1].record
    assert states("衡检A000001", "X001", "F00001") == ["struck", "on_instrument", "on_instrument"]
    assert answer_of_mark(struck_by, TODAY).verdict == "cancelled"
    certificate_issue(
        actor=cast.actor("approver"), record=approved(cast, scale, standard), marks=[MarkNamed(LABEL, "衡检A000002")]
    )
    assert states("衡检A000001", "衡检A000002", "X001") == ["superseded", "on_instrument", "superseded"]


def test_a_cancellation_mark_needs_a_notice(cast, scale):
    stock(cast, CANCELLATION, "X001", "X050")
    hand_out(cast, "X001", "X050", CANCELLATION)
    with pytest.raises(Blocked) as refused:
        put_on(cast, scale, "X001", CANCELLATION)
    assert refused.value.code == "mark_needs_notice"


def test_a_withdrawn_certificate_takes_its_label_along(cast, scale, standard):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    certificate = certificate_issue(
        actor=cast.actor("approver"), record=approved(cast, scale, standard), marks=[MarkNamed(LABEL, "衡检A000001")]
    )
    certificate_withdraw(actor=cast.actor("approver"), certificate=certificate, reason="标准失准")
    assert states("衡检A000001") == ["to_remove"]


def test_a_replaced_certificate_hands_its_label_on(cast, scale, standard):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    first = certificate_issue(
        actor=cast.actor("approver"), record=approved(cast, scale, standard), marks=[MarkNamed(LABEL, "衡检A000001")]
    )
    certificate_replace(actor=cast.actor("approver"), certificate=first, reason="笔误")
    task = first.record.task
    task.refresh_from_db()
    data = walk.example("procedure/price-scale", "pass", "2017-05-30")
    record = walk.approve(cast, walk.measure(cast, task, standard, data))
    second = certificate_issue(actor=cast.actor("approver"), record=record)
    assert [mark.number for mark in second.marks.all()] == ["衡检A000001"]
    assert states("衡检A000001") == ["on_instrument"]


def test_a_seal_is_removed_after_a_repair_by_whoever_has_the_instrument(cast, scale):
    stock(cast, SEAL, "F00001", "F00100")
    hand_out(cast, "F00001", "F00100", SEAL)
    seal = put_on(cast, scale, "F00001", SEAL, place="主板", on=date(2026, 2, 1))
    told = {"mark": seal, "taken_off_by": "顺达衡器维修部", "reason": "更换传感器"}
    with pytest.raises(NotPermitted):
        mark_remove(actor=cast.actor("foreign_owner"), **told)
    with pytest.raises(InputRefused) as refused:
        mark_remove(actor=cast.actor("owner"), on=date(2026, 1, 31), **told)
    assert refused.value.code == "mark_removed_before"
    mark_remove(actor=cast.actor("owner"), on=date(2026, 2, 20), **told)
    seal.refresh_from_db()
    assert (seal.state, seal.ended_on, seal.taken_off_by) == ("removed", date(2026, 2, 20), "顺达衡器维修部")
    with pytest.raises(TransitionRefused):
        mark_remove(actor=cast.actor("verifier"), **told)
    with pytest.raises(InputRefused):  # a seal that was broken is never used again
        put_on(cast, scale, "F00001", SEAL, place="主板")


def test_after_a_transfer_the_new_holder_sees_the_marks_and_the_former_one_no_more(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    put_on(cast, scale, "衡检A000001")
    instrument_transfer(actor=cast.actor("authority"), instrument=scale, owner=cast.foreign_enterprise, reason="转让")
    assert marks_of(cast.actor("owner"), scale).count() == 0
    assert marks_of(cast.actor("foreign_owner"), scale).count() == 1
    assert marks_of(cast.actor("verifier"), scale).count() == 1


def test_a_spoiled_number_has_its_reason_and_is_never_used(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    spoil = {"actor": cast.actor("verifier"), "body": cast.body, "kind": LABEL}
    with pytest.raises(InputRefused):
        mark_spoil(**spoil, number="衡检A000001", reason=" ")
    made = mark_spoil(**spoil, number="衡检A000001", reason="打印错位")
    assert (made.state, made.person) == ("spoiled", cast.people["verifier"])
    stored = mark_spoil(**spoil, number="衡检A000500", reason="受潮")
    assert stored.person is None
    for number in ("衡检A000001", "衡检A000500"):
        with pytest.raises(Refused):
            mark_spoil(**spoil, number=number, reason="又一次")
    with pytest.raises(InputRefused):
        put_on(cast, scale, "衡检A000001")


def test_nobody_destroys_marks_alone(cast):
    stock(cast)
    spoiled = mark_spoil(
        actor=cast.actor("verifier"), body=cast.body, kind=LABEL, number="衡检A000001", reason="打印错位"
    )
    manager, verifier = cast.people["manager"], cast.people["verifier"]
    told = {"actor": cast.actor("manager"), "body": cast.body, "method": "碎纸", "reason": "作废"}
    for pair, code in (
        ((manager, manager), "two_people"),
        ((verifier, cast.people["reviewer"]), "destroyer_absent"),
        ((manager, Person.objects.get(name="foreign_verifier")), "mark_person_foreign"),
    ):
        with pytest.raises(InputRefused) as refused:
            mark_destroy(**told, first_person=pair[0], second_person=pair[1], marks=[spoiled])
        assert refused.value.code == code
    with pytest.raises(InputRefused):
        mark_destroy(**told, first_person=manager, second_person=verifier)
    made = mark_destroy(
        **told, first_person=manager, second_person=verifier, marks=[spoiled],
        runs=[(LABEL, "衡检A009001", "衡检A010000")],
    )  # fmt: skip
    assert sorted(mark.several for mark in made.marks.all()) == [1, 1000]
    assert Mark.objects.count() == 2
    assert {mark.state for mark in made.marks.all()} == {"destroyed"}
    for number in ("衡检A009001", "衡检A009002", "衡检A010000"):
        assert [answer_of_mark(mark, TODAY).verdict for mark in marks_by_number(number)] == ["not_used"], (
            "each of the run"
        )
    assert in_stock("衡检A000002") and not in_stock("衡检A010001") and not in_stock("无")
    for number in ("衡检A009001", "衡检A009500", "衡检Ａ０１００００"):
        (within,) = marks_by_number(number)
        assert answer_of_mark(within, TODAY).verdict == "not_used", "each number of the run answers as the run does"
    assert not marks_by_number("衡检A010001")
    assert store(cast) == ["衡检A000002–衡检A009000"]
    (account,) = accounts(body=cast.body, on=TODAY)
    assert account.unexplained == 0
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE certificates_markdestruction SET second_person_id = first_person_id")


def test_what_somebody_holds_is_not_destroyed_unseen(cast):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    with pytest.raises(InputRefused) as refused:
        mark_destroy(
            actor=cast.actor("manager"), body=cast.body, method="碎纸", reason="停用",
            first_person=cast.people["manager"], second_person=cast.people["verifier"],
            runs=[(LABEL, "衡检A000100", "衡检A000200")],
        )  # fmt: skip
    assert refused.value.code == "marks_to_take_back_first"


def test_a_mark_in_use_is_not_destroyed(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    mark = put_on(cast, scale, "衡检A000001")
    with pytest.raises(TransitionRefused):
        mark_destroy(
            actor=cast.actor("manager"), body=cast.body, method="碎纸", reason="停用", marks=[mark],
            first_person=cast.people["manager"], second_person=cast.people["verifier"],
        )  # fmt: skip


def test_rows_are_guarded_by_the_database(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    put_on(cast, scale, "衡检A000001")
    for statement in (
        "UPDATE certificates_mark SET number = 'X1'",
        "DELETE FROM certificates_mark",
        "UPDATE certificates_markbatch SET last = 1",
        "DELETE FROM certificates_markseries",
        "UPDATE certificates_markholding SET last = 1",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_numbers_below_one_that_was_used_are_asked_about(cast, scale):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    assert skipped(body=cast.body, person=cast.people["verifier"], on=TODAY) == []
    put_on(cast, scale, "衡检A000001")
    mark_spoil(actor=cast.actor("verifier"), body=cast.body, kind=LABEL, number="衡检A000002", reason="撕坏")
    put_on(cast, scale, "衡检A000006")
    (left,) = skipped(body=cast.body, person=cast.people["verifier"], on=TODAY)
    assert left.printed() == ["衡检A000003–衡检A000005"]


def test_what_a_round_takes_along(cast, scale):
    stock(cast)
    stock(cast, SEAL, "F001", "F100")
    hand_out(cast, "衡检A000001", "衡检A000003")
    hand_out(cast, "F010", "F011", SEAL)
    put_on(cast, scale, "衡检A000002")
    held = in_hand(body=cast.body, person=cast.people["verifier"], on=TODAY)
    numbers = [(left.kind, number) for left in held for number in left.numbers()]
    assert numbers == [(LABEL, "衡检A000001"), (LABEL, "衡检A000003"), (SEAL, "F010"), (SEAL, "F011")]
    assert in_hand(body=cast.body, person=cast.people["verifier"], on=date(2025, 12, 31)) == []
