"""What a script in place of our pages may send to them: refused in words, never an error of the platform."""

import json

import pytest
from django.urls import reverse

from hengliang.platform.verification.grid.work import kinds_of
from hengliang.platform.verification.models import RecordDraft
from tests.platform import slice as walk
from tests.platform.verification.rounds.field import make_market, make_round

pytestmark = pytest.mark.django_db
DEEP = "[" * 100_000
# Half of a sign and NUL are good JSON; no column holds them.
TEXTS = ["\ud800", "\u0000"]


def send(client, url, body):
    client.raise_request_exception = False
    return client.post(url, body, content_type="application/json")


@pytest.fixture
def task(cast, client):
    walk.equip(cast, cast.scale)
    (made,) = walk.apply_for(cast, walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤"))
    client.force_login(cast.accounts["verifier"])
    return made


def grid_of(cast):
    """The address at which the grid of what waits is kept."""
    [(kind, _pieces)] = kinds_of(cast.actor("verifier"))
    return f"{reverse('verification:grid_keep')}?{kind.query}"


def row_of(task, text="1", version=0):
    return json.dumps({"rows": {str(task.pk): {"version": version, "fields": {"error~0.load": text}}}})


@pytest.mark.parametrize("text", TEXTS, ids=["half", "nul"])
def test_a_text_that_is_none_is_refused_in_the_grid_and_in_the_form(cast, client, task, text):
    grid = send(client, grid_of(cast), row_of(task, text))
    form = reverse("verification:draft_save", args=[task.pk, "error"])
    cell = send(client, form, json.dumps({"rows": {"error~0": {"load": text}}, "version": 0}))
    assert (grid.status_code, cell.status_code) == (422, 422)
    assert not RecordDraft.objects.filter(task=task).exists()


def test_what_is_nested_without_end_or_counted_beyond_numbers_is_no_grid(cast, client, task):
    grid, form = grid_of(cast), reverse("verification:draft_save", args=[task.pk, "error"])
    told = [send(client, url, body) for url in (grid, form) for body in (DEEP, '{"rows":' + DEEP)]
    told.append(send(client, grid, row_of(task, version=float("inf"))))
    assert {(one.status_code, json.loads(one.content)["code"]) for one in told} == {(422, "grid_malformed")}


def test_a_device_that_names_itself_without_end_gets_no_package(cast, client):
    shown = make_round(make_market(cast))
    client.force_login(cast.accounts["verifier"])
    told = send(client, reverse("verification:round_take", args=[shown.pk]), DEEP)
    assert (told.status_code, json.loads(told.content)["code"]) == (422, "device_name")
