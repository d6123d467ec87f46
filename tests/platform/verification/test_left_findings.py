"""Small things that trials left: each with the answer that it gets now."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.registry.codes import new_code, spaced
from hengliang.platform.verification.models import Application, Fee
from hengliang.platform.verification.services import application_escalate, handover_admit
from tests.platform import slice as walk
from tests.platform.cast import NOW
from tests.platform.standards.test_designations import authorise, designate
from tests.platform.verification.rounds.field import make_market
from tests.platform.verification.test_routing import apply, mixed, scale, second_body  # noqa: F401

pytestmark = pytest.mark.django_db


def test_the_counter_says_which_lines_are_for_another_body(cast, second_body):  # noqa: F811
    authorise(cast, second_body)
    designate(cast, second_body, cast.county)
    codes = [new_code(), new_code()]
    found = [walk.make_instrument(cast, code, cast.scale, "电子计价秤") for code in codes]
    with pytest.raises(InputRefused) as refused:
        handover_admit(actor=cast.actor("manager"), body=cast.body, instruments=found)
    assert (refused.value.code, refused.value.field) == ("not_designated", "codes")
    assert all(spaced(code) in str(refused.value) for code in codes) and second_body.name in str(refused.value)


def test_the_counter_names_all_that_another_body_is_verifying(cast, second_body):  # noqa: F811
    authorise(cast, second_body)
    designate(cast, second_body, cast.county)
    found = [walk.make_instrument(cast, code, cast.scale, "电子计价秤") for code in ("HC0001", "HC0002")]
    apply(cast, *found, body=second_body)
    with pytest.raises(InputRefused, match=r"HC0001.*HC0002") as refused:
        handover_admit(actor=cast.actor("manager"), body=cast.body, instruments=found)
    assert refused.value.code == "task_elsewhere"


def test_a_second_click_does_not_take_it_two_levels_up(cast, scale, client):  # noqa: F811
    made = apply(cast, scale)
    client.force_login(cast.accounts["authority"])
    address = reverse("verification:application_escalate", args=[made.pk])
    assert f'name="desk" value="{cast.county.pk}"' in client.get(address).content.decode()
    sent = {"confirmed": "1", "reason": "县里没有机构", "desk": str(cast.county.pk)}
    assert [client.post(address, sent).status_code for _click in range(2)] == [302, 409]
    made.refresh_from_db()
    assert made.placed_with == cast.city
    with pytest.raises(StaleWrite):
        application_escalate(actor=cast.actor("authority"), application=made, reason="x", desk_id=cast.county.pk)


def test_a_program_takes_it_up_from_the_desk_that_it_names(cast, scale, client):  # noqa: F811
    made = apply(cast, scale)
    client.force_login(cast.accounts["authority"])
    told = json.dumps({"reason": "县里没有机构", "placed_with_id": cast.county.pk})
    address = f"/api/v1/verification/applications/{made.pk}/level-up"
    answers = [client.post(address, told, content_type="application/json").status_code for _call in range(2)]
    assert answers == [200, 409]


def test_a_program_is_told_that_a_request_is_one_application(cast, mixed, second_body, client):  # noqa: F811
    designate(cast, second_body, cast.county, cast.dispenser)
    client.force_login(cast.accounts["owner"])
    told = {"applicant_id": cast.enterprise.pk, "instruments": [one.code for one in mixed]}
    answer = client.post("/api/v1/verification/applications", json.dumps(told), content_type="application/json")
    assert answer.status_code == 422 and not Application.objects.exists()
    said = answer.content.decode()
    assert all(one.code in said for one in mixed)
    assert all(f"body_id {body.pk}" in said for body in (cast.body, second_body))


def test_a_round_with_a_body_that_has_nothing_there_names_who_has(cast, client, second_body):  # noqa: F811
    world = make_market(cast)
    today = NOW.date()
    client.force_login(cast.accounts["market"])
    sent = {
        "organiser": world.market.pk, "body": second_body.pk, "due_by": today + timedelta(days=30),
        "starts_on": today, "ends_on": today, "stops": "", "note": "",
    }  # fmt: skip
    answer = client.post(reverse("verification:round_new"), sent)
    assert answer.status_code == 422
    with override("zh-hans"):
        assert f"由其他机构承担：{cast.body.name}" in answer.content.decode()


def test_a_fee_names_its_rule_by_title(cast, client):
    walk.equip(cast, cast.scale)
    task = walk.apply_for(cast, walk.make_instrument(cast, "HC0001", cast.scale, "电子计价秤"))[0]
    Fee.objects.filter(task=task).update(standing=False)
    with transaction.atomic():
        fee = Fee.objects.create(
            act=task.act, task=task, basis="rule", amount=Decimal(150), full=Decimal(150), assessed_on=date(2026, 3, 2),
            rule={"rule": "verification/fees", "edition": "2021-01-01", "clause": "一"},
        )  # fmt: skip
    client.force_login(cast.accounts["manager"])
    page = client.get(reverse("verification:fee", args=[fee.pk])).content.decode()
    assert ">verification/fees" not in page and "verification/fees 2021" not in page and "2021-01-01 一" in page
