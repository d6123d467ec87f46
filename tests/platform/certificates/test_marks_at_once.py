"""Two reach for one number at once: one gets it, the other is told, and nothing is left half done."""

import pytest

from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.services import marks_take_back
from hengliang.platform.core.models import Act
from tests.platform import slice as walk
from tests.platform.at_once import at_once
from tests.platform.certificates.stocked import LABEL, hand_out, put_on, stock

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_number_used_twice_at_once_is_used_once(cast):
    one, other = (walk.make_instrument(cast, f"SC000{n}", cast.scale, "电子计价秤") for n in range(2))
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    told = at_once(lambda: put_on(cast, one, "衡检A000001"), lambda: put_on(cast, other, "衡检A000001"))
    assert told == ["done", "mark_used_before"]
    assert Mark.objects.count() == 1
    assert Act.objects.filter(kind="mark_use").count() == 1


def test_a_number_taken_back_and_used_at_once_is_one_of_both(cast):
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")

    def back():
        marks_take_back(
            actor=cast.actor("manager"), body=cast.body, kind=LABEL, person=cast.people["verifier"],
            first="衡检A000001", last="衡检A000001",
        )  # fmt: skip

    told = at_once(lambda: put_on(cast, scale, "衡检A000001"), back)
    assert told in (["done", "mark_not_in_hand"], ["done", "marks_not_in_hand"])


def test_a_range_handed_to_two_at_once_goes_to_one(cast):
    stock(cast)
    told = at_once(
        lambda: hand_out(cast, "衡检A000001", "衡检A000100"),
        lambda: hand_out(cast, "衡检A000100", "衡检A000200", to="reviewer"),
    )
    assert told == ["done", "marks_not_in_store"]
