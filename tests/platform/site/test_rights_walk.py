"""Every address × every role × own and foreign region, asked and posted to with nothing.

Nothing breaks (never a 500), nobody without a login gets in but where it is public, and what lies in a foreign region
is not there, neither to read nor to act on.
"""

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from hengliang.platform.certificates.services import certificate_budget_attach, photograph_add, stock_count
from hengliang.platform.core.rights import Role
from hengliang.platform.core.rules import rules
from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.core.services import local_rule_put, notify, rule_check
from hengliang.platform.parties.models import ApiToken, RoleAssignment
from hengliang.platform.parties.services import token_make
from hengliang.platform.registry.services import transfer_offer
from hengliang.platform.standards.budgets.evaluation import evaluate
from hengliang.platform.standards.budgets.examples import example
from hengliang.platform.standards.models import Authorisation, MeasurementStandard, Qualification
from hengliang.platform.standards.services import authorisation_enter, budget_save, designation_make
from hengliang.platform.supervision.services import findings_search, reminder_send, statistics_prepare
from hengliang.platform.supervision.statistics import Period
from hengliang.platform.verification.errors import PackageRefused
from hengliang.platform.verification.models import Fee, PrintJob, Round, Task
from hengliang.platform.verification.services import (
    Disputant,
    HandedIn,
    arbitration_open,
    fee_assess,
    handover_receive,
    handover_return,
    invoice_prepare,
    lot_issue,
    retest_order,
    round_confirm,
    round_file,
    round_propose,
    round_synchronise,
    worktime_enter,
)
from tests.platform import lots
from tests.platform import slice as walk
from tests.platform.cast import NOW, Cast, make_account, make_cast, make_organisation
from tests.platform.certificates.stocked import JPEG, hand_out, put_on, stock
from tests.platform.core.test_rule_approvals import OWN as OWN_RULE
from tests.platform.exchange.exchanged import exchange_of
from tests.platform.ground import Ground
from tests.platform.plan.planned import plan_of
from tests.platform.site.rights_walk import (
    ACCOUNT,
    ARGUMENTS,
    KEEPERS,
    KINDS,
    NO_OBJECT,
    OPEN,
    PROGRAM,
    PUBLIC,
    SCOPED,
    Route,
    address,
    longest,
    routes,
)
from tests.platform.verification.rounds.field import Device
from tests.platform.verification.test_bench_profiles import written

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCALE = "procedure/price-scale"
OWN = ("authority", "auditor", "owner", "manager", "verifier", "reviewer", "approver", "administrator")
FURTHER = {
    "sector": Role.SECTOR_DEPARTMENT,
    "deputy": Role.DEPUTY_APPROVER,
    "market": Role.MARKET_ORGANISER,
    "utility": Role.UTILITY,
    "assessor": Role.ASSESSOR,
}
MAY_KEEP = ("authority", "administrator", "foreign_authority")
FOREIGN = ("foreign_authority", "foreign_owner", "foreign_verifier")
WHO = ("anonymous", *OWN, *FURTHER, *FOREIGN)
# The walk takes minutes of a processor: each part is a file of its own, so that several processors share them.
WORK = ("verification:", "certificates:", "registry:")
PARTS = {
    "interface": lambda name: name.startswith("/api/v1/"),
    "work": lambda name: name.startswith(WORK),
    "pages": lambda name: not name.startswith(("/api/v1/", *WORK)),
}
NOT_THERE = {403, 404, 405}


def test_every_address_is_expected():
    unknown = [route.name for route in routes() if longest(KINDS, route.name) is None]
    assert unknown == [], "say in rights_walk.KINDS who may knock there"
    bare = [
        f"{route.name}({name})"
        for route in routes()
        for name in route.parameters
        if name not in (longest(ARGUMENTS, route.name) or {})
    ]
    assert bare == [], "say in rights_walk.ARGUMENTS which object the walk asks for"


def test_every_address_is_in_one_part_of_the_walk():
    parts = [[name for name, has in PARTS.items() if has(route.name)] for route in routes()]
    assert all(len(found) == 1 for found in parts)
    assert {name for found in parts for name in found} == set(PARTS)


@pytest.fixture(scope="module")
def stage(
    ground: Ground, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cast]:
    """The cast of a file and the transaction in which its world stands; each test has a savepoint in it."""
    folder = tmp_path_factory.mktemp("world")
    own = override_settings(TRAINING=True, MEDIA_ROOT=folder, NORMS_FOLDER=folder / "norms")
    cast = deepcopy(ground.enter(make_cast))
    with django_db_blocker.unblock(), own, transaction.atomic():
        yield cast
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def cast(stage: Cast) -> Cast:
    """The cast of all tests of the file."""
    return stage


@pytest.fixture(autouse=True)
def norms_folder(cast: Cast, settings: Settings) -> Path:
    """The rules of the world, not a folder of each test."""
    return settings.NORMS_FOLDER


@pytest.fixture(scope="module")
def world(cast: Cast) -> SimpleNamespace:
    """One object of each kind, all of the cast's own city."""
    standard = walk.equip(cast, cast.scale)
    made = [walk.make_instrument(cast, f"SC000{n}", cast.scale, "电子计价秤") for n in range(5)]
    data = walk.example(SCALE, "pass", "2017-05-30")
    certificate = walk.certify(cast, walk.apply_for(cast, made[0])[0], standard, data)
    version = budget_save(
        actor=cast.actor("verifier"),
        organisation=cast.body,
        name="SC0000 评定",
        evaluation=evaluate(*example("pressure_gauge")),
    )
    attached = certificate_budget_attach(actor=cast.actor("approver"), certificate=certificate, version=version)
    approved = walk.approve(cast, walk.measure(cast, walk.apply_for(cast, made[1])[0], standard, data))
    record = walk.measure(cast, walk.apply_for(cast, made[2])[0], standard, data)
    task = walk.apply_for(cast, made[3])[0]
    walk.seal("封0001", made[3], made[4])
    finding = findings_search(actor=cast.actor("authority"))[0]
    order = reminder_send(actor=cast.actor("authority"), instruments=[made[4]], reason="到期").orders[0]
    designation, dispute, retest = disputed(cast)
    mark, picture, counted = marked(cast, made[0])
    counter = handed_in(cast, task)
    owner = cast.actor("owner", timezone.now())
    for name, role in FURTHER.items():
        at_body = role == Role.DEPUTY_APPROVER
        where = cast.body if at_body else cast.authority if role == Role.SECTOR_DEPARTMENT else cast.enterprise
        cast.accounts[name] = make_account(name, role, where, cast.city if role == Role.SECTOR_DEPARTMENT else None)
    planned = plan_of(cast)
    visit = round_of(cast)
    notification = notify(
        accounts=[owner.account_id], kind="order.closed", at=timezone.now(), instrument="电子秤", reason="已检"
    )[0]
    authority = cast.actor("authority")
    checked = rule_check(actor=authority, value=rules()[SCALE].at(NOW.date()), against="文本", quote="原文")
    own = local_rule_put(actor=authority, text=OWN_RULE, tables={}, reason="县通知")
    exchanged = exchange_of(cast)
    made_so_far = SimpleNamespace(
        nothing="nothing", missing=2**40, section="error", application_paper="application",
        review="record_review", norm=SCALE, target="tested-rate",
        part="numerator", plan=planned.plan.pk, plan_target=planned.target.pk, plan_task=planned.task.pk,
        achievement=planned.achievement.pk, snapshot=planned.snapshot.pk, close="close",
        consultation=planned.consultation.pk, comment=planned.comment.pk, conference=planned.conference.pk,
        member=planned.member.pk, resolution=planned.resolution.pk, assessment=planned.assessment.pk,
        scoring=planned.scoring.pk, plan_file=attachments_of(planned.achievement).get().pk,
        amendment=planned.amendment.pk,
        withdraw="withdraw", publish="publish", notice="notice", confirm="confirm", drop="drop", cancel="cancel",
        round=visit.pk, round_entry=visit.entries.get().pk, round_upload=visit.uploads.get(refusal="damaged").pk,
        code=certificate.code, certificate=certificate.pk, approved=approved.pk, record=record.pk,
        task=task.pk, application=task.application_id, standard=standard.pk, enterprise=cast.enterprise.pk,
        authorisation=Authorisation.objects.get(body=cast.body).pk,
        qualification=Qualification.objects.get().pk, order=order.pk,
        role=RoleAssignment.objects.get(account=cast.accounts["owner"]).pk, notification=notification.pk,
        token=token_make(actor=owner, name="t", scope=ApiToken.Scope.READ, days=1)[0].pk,
        finding=finding.pk, finding_act="finding_explain",
        rule_approval=checked.pk, rule_act="rule_reject", own_rule=own.pk,
        instrument=made[0].pk, instrument_code=made[0].code, sheet_form="csv", instrument_act="stop",
        budget=version.budget_id, version=version.number, attached=attached.pk,
        mark=mark.pk, picture=picture.pk, body=cast.body.pk, holder=cast.people["verifier"].pk,
        stocktaking=counted.pk, stock_finding=counted.findings.get().pk,
        **counter, invoice_file="json", statistics_kind="xlsx", statistics_act="statistics_check",
        transfer=offered(cast, made[3]), **exchanged, keep="keep", webhook_act="suspend", batch_act="accept",
        designation=designation.pk, arbitration=dispute.pk, side="claimant", retest=retest.pk,
    )  # fmt: skip
    made_so_far.lot, made_so_far.lot_place, made_so_far.lot_act = bench_lot(cast), 1, "lot_void"
    made_so_far.bench_profile = written(cast).pk
    return made_so_far


def offered(cast: Any, instrument: Any) -> int:
    """An offer of transfer to another user of the same county."""
    receiver = make_organisation("量县第二加油站", cast.county)
    make_account("second_owner", Role.OWNER, receiver)
    offer = transfer_offer(actor=cast.actor("owner"), instrument=instrument, receiver=receiver, reason="门店转让")
    return int(offer.pk)


def bench_lot(cast: Any) -> int:
    """An issued lot of a test bench."""
    bench = lots.bench(cast, "electricity-wide")
    lot = lots.approved(cast, lots.sent(cast, bench, lots.lines("electricity-wide", 3)))
    lot_issue(actor=cast.actor("approver"), lot=lot)
    return int(lot.pk)


def round_of(cast: Any) -> Round:
    """An appointment that is out, with an entry and a file that was refused."""
    cast.accounts["second"] = make_account("second", Role.VERIFIER, cast.body)
    scale = walk.make_instrument(cast, "SC0020", cast.scale, "电子计价秤")
    shown = round_file(
        actor=cast.actor("owner"), organiser=cast.enterprise, body=cast.body, starts_on=NOW.date(),
        ends_on=NOW.date(), instruments=[scale],
    )  # fmt: skip
    round_propose(
        actor=cast.actor("manager"), shown=shown, first=cast.people["verifier"],
        second=cast.accounts["second"].person, starts_on=NOW.date(), ends_on=NOW.date(),
    )  # fmt: skip
    round_confirm(actor=cast.actor("owner"), shown=shown)
    device = Device(SimpleNamespace(actor=cast.actor), shown, "verifier", "0a1b2c3d-1")
    device.says("absent")
    round_synchronise(actor=cast.actor("verifier"), shown=shown, content=device.file())
    with pytest.raises(PackageRefused):
        round_synchronise(actor=cast.actor("verifier"), shown=shown, content=b"{")
    return shown


def disputed(cast: Any) -> tuple[Any, Any, Any]:
    """A designation, an arbitration, and a re-test of what an authorised laboratory verified."""
    authority, standard = cast.actor("authority"), MeasurementStandard.objects.get()
    designation = designation_make(
        actor=authority, body=cast.body, item=cast.scale, region=cast.city, number="指1", valid_from=walk.FIRST
    )
    more = [walk.make_instrument(cast, f"SC001{n}", cast.scale, "电子计价秤") for n in range(2)]
    dispute = arbitration_open(
        actor=authority, instrument=more[0], body=cast.body, claimant=Disputant("张三"),
        respondent=Disputant(organisation=cast.enterprise), dispute="短少", meets_on=NOW.date(), place="市场",
    )  # fmt: skip
    data = walk.example(SCALE, "pass", "2017-05-30")
    certificate = walk.certify(cast, walk.apply_for(cast, more[1])[0], standard, data)
    Authorisation.objects.update(kind=Authorisation.Kind.UTILITY)
    other = make_organisation("量县计量检定所", cast.county, body=True)
    authorisation_enter(
        actor=authority, body=other, item=cast.scale, number="授2", valid_from=walk.FIRST, valid_until=walk.LAST
    )
    order = retest_order(actor=authority, record=certificate.record, body=other, reason="抽查")
    return designation, dispute, order


def marked(cast: Any, instrument: Any) -> tuple[Any, Any, Any]:
    """A label on an instrument with its photograph, and a stocktaking that differs."""
    stock(cast)
    hand_out(cast, "衡检A000001", "衡检A000100")
    mark = put_on(cast, instrument, "衡检A000001")
    picture = photograph_add(
        actor=cast.actor("verifier"), subject=mark, photograph=ContentFile(JPEG, name="SC0000.jpg")
    )
    counted = stock_count(
        actor=cast.actor("manager"), body=cast.body, kind="label", counted="衡检A000102 ~ 衡检A010000"
    )
    return mark, picture, counted


def handed_in(cast: Any, task: Any) -> dict[str, int]:
    """A deposit with a hand-over slip, a fee on an invoice, working time, a print job, and prepared statistics."""
    manager = cast.actor("manager")
    deposit = handover_receive(actor=manager, pieces=[HandedIn(task, "完好")], brought_by="王")
    slip = handover_return(actor=manager, deposit=deposit, pieces=list(deposit.pieces.all()), collected_by="李")
    Task.objects.filter(pk=task.pk).update(job="calibration")
    Fee.objects.filter(task=task).update(standing=False)
    fee = fee_assess(actor=manager, task=Task.objects.get(pk=task.pk))
    invoice = invoice_prepare(actor=manager, fees=[fee], code="91110000600037341L")
    Task.objects.filter(pk=task.pk).update(job="mandatory")
    time = worktime_enter(
        actor=manager, body=cast.body, person=cast.people["verifier"], worked_on=NOW.date(), item=cast.scale, pieces=1,
        hours=Decimal(1),
    )  # fmt: skip
    job = PrintJob.objects.create(account=cast.accounts["manager"], kind="slip", keys=[deposit.pk], asked_at=NOW)
    filed = statistics_prepare(actor=manager, kind="monthly", period=Period.month(2026, 2), by="item", body=cast.body)
    return {
        "deposit": deposit.pk, "hand_back": slip.pk, "fee": fee.pk, "invoice": invoice.pk, "worktime": time.pk,
        "print_job": job.pk, "filed": filed.pk,
    }  # fmt: skip


def client_of(cast: Any, who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who in cast.accounts:
        client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(client: Client, method: str, path: str) -> Any:
    """The answer to a request whose every effect is undone."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def faults(cast: Any, world: Any, who: str, part: str) -> list[str]:
    found, client = [], client_of(cast, who)
    cookies = client.cookies.copy()
    for route in filter(lambda one: PARTS[part](one.name), routes()):
        kind, path = longest(KINDS, route.name), address(route, lambda name: getattr(world, name))
        for method in ("get", "post"):
            client.cookies = cookies.copy()
            answer = asked(client, method, path)
            if says := fault(answer, kind, who, route):
                found.append(f"{who} {method} {path} ({route.name}): {answer.status_code} {says}")
    return found


def fault(answer: Any, kind: str, who: str, route: Route) -> str:
    """What is wrong with an answer; empty where all is well."""
    status = answer.status_code
    if status >= 500:
        return "broken"
    if who == "anonymous":
        return shut(answer, kind, route)
    objects = route.parameters and not route.name.startswith(NO_OBJECT)
    foreign = who in FOREIGN and objects and kind in (SCOPED, PROGRAM)
    unread = kind == PROGRAM and status in (400, 422)  # an empty body is refused before anything is looked up
    if foreign and status not in NOT_THERE and not unread:
        return "a foreign object answers"
    if kind == PROGRAM and status >= 400 and not answer["Content-Type"].startswith("application/problem+json"):
        return "" if status == 405 else f"is no problem but {answer['Content-Type']}"
    if kind == KEEPERS and who not in MAY_KEEP and status not in NOT_THERE:
        return "is for those who decide on rules"
    if kind == OPEN and status in (401, 403) and route.name.startswith("rules:"):
        return "is open to all"
    return ""


def shut(answer: Any, kind: str, route: Route) -> str:
    status = answer.status_code
    if kind == PROGRAM:
        return "" if status in (401, 405) else "lets a stranger in"
    if kind in (SCOPED, OPEN, KEEPERS):
        to_login = status == 302 and answer["Location"].startswith("/accounts/login/")
        return "" if to_login or status in (403, 404, 405) else "does not lead to the login"
    to_login = status == 302 and answer["Location"].startswith("/accounts/login/")
    return "is public, and asks for a login" if kind == PUBLIC and to_login else ""


@pytest.mark.parametrize("who", WHO)
def test_nobody_gets_where_they_should_not(cast, world, who):
    found = faults(cast, world, who, "pages")
    assert not found, "\n".join(found)


def test_a_foreign_list_shows_nothing_of_ours(cast, world):
    """A list is no back door: none of the pages and lists of a foreign role names an object of ours."""
    ours = ("SC0000", "量县加油站", "电子计价秤检定装置")
    lists = [route for route in routes() if not route.parameters and longest(KINDS, route.name) in (SCOPED, PROGRAM)]
    leaks = []
    for who in FOREIGN:
        client = client_of(cast, who)
        for route in lists:
            answer = asked(client, "get", address(route, lambda name: getattr(world, name)))
            text = answer.content.decode(errors="replace") if not answer.streaming else ""
            leaks += [f"{who} {route.name}: {name}" for name in ours if name in text]
    assert leaks == []


def test_accounts_have_their_kind():
    assert {longest(KINDS, route.name) for route in routes()} == {PUBLIC, ACCOUNT, OPEN, KEEPERS, SCOPED, PROGRAM}
