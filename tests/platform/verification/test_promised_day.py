"""The promised day of a task: said to be provisional where the holidays of its year are not yet known."""

from datetime import date

import pytest
from django.urls import reverse

from hengliang.platform.core.rules import rules
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.selectors import is_provisional
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
KNOWN = [value.content["year"] for value in rules()["calendar/china"].values]


def test_it_is_provisional_from_the_first_year_without_a_calendar():
    last = max(KNOWN)
    told = [is_provisional(day) for day in (None, date(last, 12, 31), date(last + 1, 1, 4))]
    assert told == [False, False, True]


def test_the_page_says_so(cast, client):
    walk.equip(cast, cast.scale)
    (task,) = walk.apply_for(cast, walk.make_instrument(cast, "HP0001", cast.scale, "电子计价秤"))
    client.force_login(cast.accounts["verifier"])
    address = reverse("verification:task", args=[task.pk])
    said = "the day is provisional"
    assert said not in client.get(address, headers={"accept-language": "en"}).content.decode()
    Task.objects.filter(pk=task.pk).update(promised_on=date(max(KNOWN) + 1, 3, 1))
    assert said in client.get(address, headers={"accept-language": "en"}).content.decode()
