"""What a trial of the daily work found beside: each with the answer that it gets now."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.verification.benches.figures import what_it_said
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.placing import bodies_for
from hengliang.platform.verification.services import application_refuse
from tests.platform import slice as walk
from tests.platform.cast import make_organisation
from tests.platform.standards.test_designations import authorise, designate
from tests.platform.verification.test_routing import apply, scale  # noqa: F401

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def text(answer):
    return answer.content.decode()


def test_nobody_wants_a_verification_by_a_day_that_is_over(cast, scale):  # noqa: F811
    with pytest.raises(InputRefused) as refused:
        apply(cast, scale, wanted_on=TODAY - timedelta(days=1))
    assert refused.value.field == "wanted_on"
    assert apply(cast, scale, wanted_on=TODAY).wanted_on == TODAY


def test_the_page_that_assigns_a_body_says_who_may(cast, scale, client):  # noqa: F811
    made = apply(cast, scale)
    assert made.state == "unplaced"
    other = make_organisation("量县计量检定所", cast.county, body=True)
    client.force_login(cast.accounts["authority"])
    address = reverse("verification:application_reassign", args=[made.pk])
    assert bodies_for(made, TODAY) == []
    authorise(cast, cast.body)
    assert bodies_for(made, TODAY) == [cast.body]
    page = text(client.get(address, headers={"accept-language": "en"}))
    said = page.split("Authorised there for all of it: ")[1].split("<")[0]
    assert cast.body.name in said and other.name not in said


def test_a_second_refusal_from_another_tab_says_what_happened(cast, scale, client):  # noqa: F811
    authorise(cast, cast.body)
    designate(cast, cast.body, cast.city)
    made = apply(cast, scale)
    application_refuse(actor=cast.actor("manager"), application=made, reason="装置故障")
    address = reverse("verification:application_refuse", args=[made.pk])
    client.force_login(cast.accounts["manager"])
    assert client.post(address, {"confirmed": "1", "reason": "装置故障"}).status_code == 409
    client.force_login(cast.accounts["foreign_verifier"])
    assert client.post(address, {"confirmed": "1", "reason": "x"}).status_code == 404


def test_the_page_of_an_overdue_instrument_says_why(cast, client):
    made = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    walk.authorise(cast, cast.scale)
    client.force_login(cast.accounts["authority"])
    address = reverse("registry:instrument", args=[made.code])
    english = {"accept-language": "en"}
    InstrumentState.objects.filter(instrument=made).update(due_on=date(2999, 1, 1))
    assert "Why it is overdue" not in text(client.get(address, headers=english))
    InstrumentState.objects.filter(instrument=made).update(due_on=date(2026, 1, 1), mandatory=True)
    assert "Why it is overdue" in text(client.get(address, headers=english))


def test_one_row_is_not_spoken_of_as_rows():
    with override("en"):
        one, two = (what_it_said(Lot(notices=[["bench_differs", {"count": count}]]))[0] for count in (1, 2))
    assert one.startswith("In one row ") and two.startswith("In 2 rows ")
