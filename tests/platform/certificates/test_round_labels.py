"""What a round takes along and reports: labels of whoever walks it."""

from datetime import date

import pytest

from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.round_labels import RoundLabels
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.parties.models import Person
from tests.platform import slice as walk
from tests.platform.certificates.stocked import SEAL, TODAY, hand_out, stock

pytestmark = pytest.mark.django_db


def test_labels_in_hand_go_along_and_are_used_on_the_task(cast):
    stock(cast)
    stock(cast, SEAL, "F001", "F100")
    hand_out(cast, "衡检A000001", "衡检A000003")
    hand_out(cast, "F010", "F011", SEAL)
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    task, labels, verifier = walk.apply_for(cast, scale)[0], RoundLabels(), cast.actor("verifier")
    assert labels.in_hand(cast.people["verifier"], TODAY) == ["衡检A000001", "衡检A000002", "衡检A000003"]
    assert list(labels.in_hand(Person.objects.get(name="reviewer"), TODAY)) == []
    labels.use(verifier, "衡检A000002", task, date(2026, 3, 1))
    assert Mark.objects.get().instrument == scale
    assert labels.in_hand(cast.people["verifier"], TODAY) == ["衡检A000001", "衡检A000003"]
    with pytest.raises(InputRefused):
        labels.use(verifier, "衡检A000002", task, TODAY)
