"""Every route of the counter, of fees, time and statistics in the interface: right, refused, and of others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from hengliang.platform.supervision.services import statistics_check, statistics_prepare
from hengliang.platform.supervision.statistics import Period
from hengliang.platform.verification.models import Fee, Task
from hengliang.platform.verification.services import (
    HandedIn,
    fee_assess,
    handover_receive,
    handover_take,
    invoice_prepare,
    worktime_enter,
)
from tests.platform import slice as walk
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"
V, S = "/api/v1/verification", "/api/v1/supervision/statistics"
TODAY = timezone.localdate().isoformat()
LATER = (timezone.localdate() + timedelta(days=3)).isoformat()
WHY = {"reason": "误录"}


@pytest.fixture
def world(cast):
    """A piece at the counter and one in the laboratory, a fee, another on an invoice, time, and statistics."""
    walk.equip(cast, cast.scale)
    manager, verifier = cast.actor("manager"), cast.actor("verifier")
    scales = [walk.make_instrument(cast, f"HP000{n}", cast.scale, "电子计价秤") for n in range(4)]
    here, away, priced, billed = walk.apply_for(cast, *scales)
    deposit = handover_receive(actor=manager, pieces=[HandedIn(here, "完好"), HandedIn(away, "完好")], brought_by="王")
    at_counter, taken = deposit.pieces.order_by("pk")
    handover_take(actor=verifier, deposit=deposit, pieces=[taken])
    fees = [fee_of(manager, task) for task in (priced, billed)]
    invoice = invoice_prepare(actor=manager, fees=fees[1:], code=CODE)
    spent = worktime_enter(
        actor=manager, body=cast.body, person=cast.people["verifier"], worked_on=NOW.date(), item=cast.scale, pieces=1,
        hours=Decimal(1),
    )  # fmt: skip
    filed, signed = (
        statistics_prepare(actor=manager, kind="monthly", period=Period.month(2026, n), by="item", body=cast.body)
        for n in (1, 2)
    )
    statistics_check(actor=cast.actor("approver"), filed=signed)
    return SimpleNamespace(
        scale="HP0003", deposit=deposit.pk, piece=at_counter.pk, taken=taken.pk, fee=fees[0].pk, billed=fees[1].pk,
        invoice=invoice.pk, worktime=spent.pk, filed=filed.pk, signed=signed.pk, body=cast.body.pk,
        person=cast.people["verifier"].pk, stranger=cast.people["foreign_verifier"].pk,
    )  # fmt: skip


def fee_of(manager, task):
    Task.objects.filter(pk=task.pk).update(job="calibration")
    Fee.objects.filter(task=task).update(standing=False)
    return fee_assess(actor=manager, task=Task.objects.get(pk=task.pk))


@dataclass(frozen=True)
class Case:
    """A route: who asks rightly and what it answers; who or what is refused; what somebody of elsewhere gets."""

    method: str
    path: str
    who: str
    body: Callable[[Any], Any]
    status: int
    refused: tuple[str, Callable[[Any], Any], int]
    foreign: int = 404


def nothing(_world: Any) -> None:
    return None


def work(world, **changed):
    return {"person_id": world.person, "worked_on": TODAY, "item": "NAWI-PRICE", "pieces": 3, "hours": "2"} | changed


def number(_world, **changed):
    return {"invoice_number": "24952000000012345678", "invoiced_on": TODAY} | changed


def form(world, **changed):
    return {"form": "monthly", "period": "2025-12", "by": "item", "of": f"b{world.body}"} | changed


CASES = {
    "deposits": Case("get", f"{V}/counter/deposits", "owner", nothing, 200, ("anonymous", nothing, 401), 200),
    "hand in": Case(
        "post", f"{V}/counter/deposits", "manager",
        lambda w: {"pieces": [{"code": w.scale, "condition": "完好"}], "brought_by": "王"}, 201,
        ("manager", lambda _w: {"pieces": [{"code": "NOPE", "condition": "完好"}], "brought_by": "王"}, 422), 422,
    ),
    "deposit": Case("get", f"{V}/counter/deposits/{{deposit}}", "owner", nothing, 200, ("anonymous", nothing, 401)),
    "take": Case(
        "post", f"{V}/counter/deposits/{{deposit}}/take", "verifier", lambda w: {"piece_ids": [w.piece]}, 200,
        ("verifier", lambda w: {"piece_ids": [w.taken]}, 409),
    ),
    "bring": Case(
        "post", f"{V}/counter/deposits/{{deposit}}/bring", "verifier", lambda w: {"piece_ids": [w.taken]}, 200,
        ("verifier", lambda w: {"piece_ids": [w.piece]}, 409),
    ),
    "return": Case(
        "post", f"{V}/counter/deposits/{{deposit}}/return", "manager",
        lambda w: {"piece_ids": [w.piece], "collected_by": "李"}, 201,
        ("manager", lambda w: {"piece_ids": [w.taken], "collected_by": "李"}, 409),
    ),
    "fees": Case("get", f"{V}/fees", "owner", nothing, 200, ("anonymous", nothing, 401), 200),
    "change": Case(
        "post", f"{V}/fees/{{fee}}/change", "manager", lambda _w: {"amount": "200.00"} | WHY, 200,
        ("verifier", lambda _w: {"amount": "200.00"} | WHY, 403),
    ),
    "exempt": Case(
        "post", f"{V}/fees/{{fee}}/exempt", "manager", lambda _w: {"ground": "small", "document": "发改1号"} | WHY, 200,
        ("manager", lambda _w: {"ground": "none of the rule", "document": "发改1号"} | WHY, 422),
    ),
    "invoices": Case("get", f"{V}/invoices", "owner", nothing, 200, ("anonymous", nothing, 401), 200),
    "prepare": Case(
        "post", f"{V}/invoices", "manager", lambda w: {"fee_ids": [w.fee], "code": CODE}, 201,
        ("owner", lambda w: {"fee_ids": [w.fee], "code": CODE}, 403),
    ),
    "invoice": Case("get", f"{V}/invoices/{{invoice}}", "manager", nothing, 200, ("anonymous", nothing, 401)),
    "number": Case(
        "post", f"{V}/invoices/{{invoice}}/number", "manager", number, 200,
        ("owner", number, 403),
    ),
    "cancel": Case(
        "post", f"{V}/invoices/{{invoice}}/cancel", "manager", lambda _w: WHY, 200, ("verifier", lambda _w: WHY, 403)
    ),
    "worktimes": Case("get", f"{V}/worktimes", "manager", nothing, 200, ("anonymous", nothing, 401), 200),
    "enter time": Case(
        "post", f"{V}/worktimes", "manager", work, 201, ("manager", lambda w: work(w, worked_on=LATER), 422)
    ),
    "withdraw time": Case(
        "post", f"{V}/worktimes/{{worktime}}/withdraw", "manager", lambda _w: WHY, 200,
        ("reviewer", lambda _w: WHY, 403),
    ),
    "statistics": Case(
        "get", f"{S}?form=monthly&period=2026-02&by=item&of=b{{body}}", "manager", nothing, 200,
        ("owner", nothing, 422), 422,
    ),
    "returns": Case("get", f"{S}/returns", "manager", nothing, 200, ("anonymous", nothing, 401), 200),
    "prepare return": Case(
        "post", f"{S}/returns", "manager", form, 201, ("manager", lambda w: form(w, period="2099-01"), 422), 422
    ),
    "filed": Case("get", f"{S}/returns/{{filed}}", "manager", nothing, 200, ("anonymous", nothing, 401)),
    "sign": Case(
        "post", f"{S}/returns/{{filed}}/check", "approver", nothing, 200, ("verifier", nothing, 403)
    ),
    "send back": Case(
        "post", f"{S}/returns/{{filed}}/send-back", "approver", lambda _w: WHY, 200,
        ("approver", lambda _w: {"reason": " "}, 422),
    ),
    "withdraw return": Case(
        "post", f"{S}/returns/{{signed}}/withdraw", "manager", lambda _w: WHY, 200,
        ("verifier", lambda _w: WHY, 403),
    ),
}  # fmt: skip


def ask(client, cast, world, case, who, body):
    client.logout()
    if who != "anonymous":
        client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    path = case.path.format(**vars(world))
    if case.method == "get":
        return client.get(path)
    return client.post(path, body(world) or {}, content_type="application/json")


@pytest.mark.parametrize("name", CASES)
def test_right(cast, world, client, name):
    case = CASES[name]
    answer = ask(client, cast, world, case, case.who, case.body)
    assert answer.status_code == case.status, answer.content.decode()
    if case.foreign == 200:
        assert answer.json()["items"], "one's own are there"


@pytest.mark.parametrize("name", CASES)
def test_refused(cast, world, client, name):
    case = CASES[name]
    who, body, status = case.refused
    answer = ask(client, cast, world, case, who, body)
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"].startswith("application/problem+json") and answer.json()["detail"]


@pytest.mark.parametrize("name", CASES)
def test_foreign(cast, world, client, name):
    case = CASES[name]
    answer = ask(client, cast, world, case, "foreign_verifier", case.body)
    assert answer.status_code == case.foreign, answer.content.decode()
    if case.foreign == 200:
        assert answer.json()["items"] == [], "nothing of another city"


def test_no_route_of_the_counter_is_left_out():
    """A new route here needs a line above."""
    ours = ("counter/", "fees", "invoices", "worktimes", "statistics")
    known = {(case.method, shape(case.path)) for case in CASES.values()}
    assert set(routes(ours)) == known


def shape(path):
    return "/".join("*" if part.startswith(("{", "<")) else part for part in path.split("?")[0].strip("/").split("/"))


def routes(ours):
    from hengliang.platform.site.api import api

    for path, operations in api.get_openapi_schema()["paths"].items():
        found = shape(path)
        tail = found.removeprefix("api/v1/verification/").removeprefix("api/v1/supervision/")
        if tail != found and tail.startswith(ours):
            yield from ((method, found) for method in operations)
