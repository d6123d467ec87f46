"""Counting marks: what agrees, what differs, and how each difference is explained."""

import pytest

from hengliang.platform.certificates.marks.stock import accounts, in_hand, in_store
from hengliang.platform.certificates.models import Mark, Stocktaking
from hengliang.platform.certificates.services import mark_find, stock_count, stock_settle
from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused
from tests.platform.certificates.stocked import LABEL, TODAY, hand_out, stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocked(cast):
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    return cast


def count(cast, counted, who="verifier"):
    person = cast.people[who] if who else None
    return stock_count(actor=cast.actor("manager"), body=cast.body, kind=LABEL, person=person, counted=counted)


def found(taken):
    return [(one.what, one.first, one.last) for one in taken.findings.order_by("what", "first")]


def settle(cast, finding, outcome, explanation="查明"):
    stock_settle(actor=cast.actor("manager"), finding=finding, outcome=outcome, explanation=explanation)


def test_a_count_that_agrees_leaves_nothing_to_explain(stocked):
    taken = count(stocked, "衡检A000001 ~ 衡检A000100")
    assert (taken.state, found(taken)) == ("agrees", [])
    store = count(stocked, "衡检A000101～衡检A010000", who=None)
    assert store.state == "agrees"


def test_what_is_missing_and_what_is_not_expected_are_findings(stocked):
    taken = count(stocked, "衡检A000001 ~ 衡检A000040\n衡检A000043 至 衡检A000100，衡检A000777\nB01")
    assert taken.state == "differs"
    assert found(taken) == [("missing", 41, 42), ("surplus", 1, 1), ("surplus", 777, 777)]
    assert taken.expected == ["衡检A000001–衡检A000100"]


def test_a_finding_is_explained_once_and_the_last_one_settles_the_count(stocked):
    taken = count(stocked, "衡检A000001~衡检A000040\n衡检A000043~衡检A000100\n衡检A000777")
    missing, surplus = taken.findings.order_by("what")
    with pytest.raises(InputRefused):
        settle(stocked, surplus, "lost")
    with pytest.raises(InputRefused):
        settle(stocked, missing, "lost", "  ")
    settle(stocked, missing, "lost", "途中遗失，已登报")
    taken.refresh_from_db()
    assert taken.state == "differs"
    with pytest.raises(Refused):
        settle(stocked, missing, "present")
    settle(stocked, surplus, "present", "抄错")
    assert Stocktaking.objects.get().state == "settled"
    (lost,) = Mark.objects.all()
    assert (lost.state, lost.numbers, lost.several) == ("lost", "衡检A000041–衡检A000042", 2)
    (left,) = in_hand(body=stocked.body, person=stocked.people["verifier"], on=TODAY)
    assert left.amount == 98
    (account,) = accounts(body=stocked.body, on=TODAY)
    assert (account.states, account.unexplained) == ({"lost": 2}, 0)


def test_a_lost_number_that_turns_up_is_spoiled(stocked):
    taken = count(stocked, "衡检A000002 ~ 衡检A000100")
    settle(stocked, taken.findings.get(), "lost", "途中遗失")
    mark = Mark.objects.get()
    mark_find(actor=stocked.actor("manager"), mark=mark, reason="车内找到")
    mark.refresh_from_db()
    assert mark.state == "spoiled"


def test_a_number_explained_as_present_stays_where_the_books_have_it(stocked):
    taken = count(stocked, "衡检A000002 ~ 衡检A000100")
    settle(stocked, taken.findings.get(), "present", "夹在台账里")
    assert Mark.objects.count() == 0
    assert count(stocked, "衡检A000001 ~ 衡检A000100").state == "agrees"


def test_the_store_is_counted_by_the_body_alone(stocked):
    taken = count(stocked, "衡检A000101 ~ 衡检A009999", who=None)
    assert found(taken) == [("missing", 10_000, 10_000)]
    settle(stocked, taken.findings.get(), "spoiled", "受潮")
    (left,) = in_store(body=stocked.body)
    assert left.printed() == ["衡检A000101–衡检A009999"]
    for who in ("verifier", "foreign_verifier", "owner"):
        with pytest.raises(NotPermitted):
            stock_count(actor=stocked.actor(who), body=stocked.body, kind=LABEL, counted="")
    seen = {
        who: Stocktaking.objects.visible_to(stocked.actor(who)).count() for who in ("verifier", "authority", "auditor")
    }
    assert seen == {"verifier": 1, "authority": 1, "auditor": 1}
    for who in ("owner", "foreign_verifier", "foreign_authority"):
        assert Stocktaking.objects.visible_to(stocked.actor(who)).count() == 0


@pytest.mark.parametrize("line", ["衡检A000001 ~ 衡检B000002", "衡检A000009 ~ 衡检A000001", "A1 ~ A2 ~ A3", "无号"])
def test_a_line_that_is_no_run_is_refused(stocked, line):
    with pytest.raises(InputRefused):
        count(stocked, line)
