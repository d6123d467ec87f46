"""An instrument changes its user between application and record: the manager lets the task go along, or no record."""

import pytest
from django.urls import reverse

from hengliang.platform.core.errors import NotPermitted, Refused
from hengliang.platform.core.models import Notification
from hengliang.platform.registry.services import instrument_transfer
from hengliang.platform.verification.services import task_follow
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


@pytest.fixture
def task(cast, standard):
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    (made,) = walk.apply_for(cast, scale)
    instrument_transfer(
        actor=cast.actor("authority"), instrument=scale, owner=cast.foreign_enterprise, reason="转让"
    )  # fmt: skip
    return made


def measured(cast, task, standard):
    return walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))


def test_no_record_is_taken_before_the_manager_lets_the_task_go_along(cast, task, standard):
    with pytest.raises(Refused) as refused:
        measured(cast, task, standard)
    assert refused.value.code == "user_changed"
    task_follow(actor=cast.actor("manager"), task=task)
    task.refresh_from_db()
    assert task.owner == cast.foreign_enterprise
    assert Notification.objects.filter(kind="task.followed").count() == 2, "both users are told"
    assert measured(cast, task, standard).passed is True


def test_who_may_let_it_go_and_when(cast, task):
    for name in ("verifier", "authority", "owner"):
        with pytest.raises(NotPermitted):
            task_follow(actor=cast.actor(name), task=task)
    task_follow(actor=cast.actor("manager"), task=task)
    with pytest.raises(Refused):
        task_follow(actor=cast.actor("manager"), task=task)


def test_page_and_interface_ask_and_lead_to_the_instrument(cast, task, client):
    client.force_login(cast.accounts["manager"])
    page = client.get(reverse("verification:task", args=[task.pk])).content.decode()
    follow = reverse("verification:task_follow", args=[task.pk])
    assert follow in page and cast.foreign_enterprise.name in page
    assert reverse("registry:instrument", args=[task.instrument.code]) in page
    assert cast.foreign_enterprise.name in client.get(follow).content.decode()
    answer = client.post(f"/api/v1/verification/tasks/{task.pk}/user")
    assert answer.status_code == 200
    assert follow not in client.get(reverse("verification:task", args=[task.pk])).content.decode()
