"""Since when an application is in its state: the day where we are, of the last move."""

from datetime import UTC, datetime

import pytest

from hengliang.platform.core.selectors import state_since
from hengliang.platform.verification.services import application_accept, application_submit
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db


def test_it_is_the_local_day_of_the_present_state(cast, settings):
    settings.TRAINING = True
    walk.equip(cast, cast.scale)
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    walk.authorise(cast, scale.item)
    night = datetime(2026, 3, 2, 16, 17, tzinfo=UTC)  # 00:17 of the third in Shanghai
    sent = application_submit(
        actor=cast.actor("owner", night), applicant=cast.enterprise, body=cast.body, instruments=[scale]
    )
    assert str(state_since(sent)) == "2026-03-03"
    application_accept(actor=cast.actor("manager", datetime(2026, 3, 5, 2, tzinfo=UTC)), application=sent)
    assert str(state_since(sent)) == "2026-03-05"
