"""Unannounced re-tests of authorised laboratories, and manufacturers at their factory."""

from datetime import date
from decimal import Decimal

import pytest

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused
from hengliang.platform.core.models import Notification
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.services import instrument_code_assign
from hengliang.platform.standards.models import Authorisation
from hengliang.platform.standards.selectors import obstacles
from hengliang.platform.standards.services import (
    authorisation_enter,
    qualification_enter,
    standard_certificate_enter,
    standard_enter,
)
from hengliang.platform.verification.jobs import needs_of
from hengliang.platform.verification.models import ReTest, Task
from hengliang.platform.verification.regimes import regime_of
from hengliang.platform.verification.services import (
    application_accept,
    application_submit,
    record_submit,
    retest_cancel,
    retest_conclude,
    retest_order,
    task_regime_change,
)
from hengliang.platform.verification.side_by_side import side_by_side
from tests.platform import slice as walk
from tests.platform.cast import NOW, make_account, make_organisation
from tests.platform.standards.test_designations import authorise, designate

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"
DAY = date(2026, 3, 2)


@pytest.fixture
def first(cast):
    """An approved record of the body, which is a utility's laboratory for scales."""
    standard = walk.equip(cast, cast.scale)
    authorise(cast, cast.body, kind=Authorisation.Kind.UTILITY)
    task = walk.apply_for(cast, walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤"))[0]
    record = walk.approve(cast, walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30")))
    Task.objects.filter(pk=task.pk).update(state="issued")
    return record


@pytest.fixture
def second_body(cast):
    """Another body with all that it needs, and its verifier."""
    body = make_organisation("示例省计量院", cast.city, body=True)
    account = make_account("second", Role.VERIFIER, body)
    cast.accounts["second"] = account
    authorise(cast, body)
    actor = Actor.system("cast", NOW)
    qualification_enter(
        actor=actor, person=account.person, body=body, item=cast.scale, number="检2", valid_from=walk.FIRST,
        valid_until=walk.LAST,
    )  # fmt: skip
    standard = standard_enter(actor=actor, organisation=body, name="省装置", level="public", items=[cast.scale])
    for kind in ("public", "traceability"):
        standard_certificate_enter(
            actor=actor, standard=standard, kind=kind, number=kind, issuer="国家院", valid_from=walk.FIRST,
            valid_until=walk.LAST,
        )  # fmt: skip
    return body, standard


def shifted(record, by):
    """The data of a record with every indication of the errors moved."""

    rows = [
        row | {"indicated": str(Decimal(str(row["indicated"])) + Decimal(by))} for row in record.data["items"]["error"]
    ]
    return {**record.data, "items": record.data["items"] | {"error": rows}}


def retested(cast, first, second_body, data):
    body, standard = second_body
    order = retest_order(actor=cast.actor("authority"), record=first, body=body, reason="飞行检查")
    record = record_submit(
        actor=cast.actor("second"), task=order.task, data=data, verified_on=DAY, standards=[standard]
    )
    with perform(Actor.system("cast", NOW), "account_enter") as act:
        others = [Person.objects.create(act=act, name=n, organisation=body) for n in ("核验", "批准")]
        act.content = {}
    type(record).objects.filter(pk=record.pk).update(state="approved", reviewer=others[0], approver=others[1])
    Task.objects.filter(pk=order.task_id).update(state="approved")
    return ReTest.objects.select_related("task", "first__task").get(pk=order.pk)


def test_equal_results_agree_and_the_laboratory_sees_it_only_then(cast, first, second_body):
    order = retested(cast, first, second_body, first.data)
    assert not ReTest.objects.visible_to(cast.actor("manager")).exists(), "unannounced"
    assert not Task.objects.visible_to(cast.actor("manager")).filter(pk=order.task_id).exists()
    assert ReTest.objects.visible_to(cast.actor("second")).exists()
    assert not ReTest.objects.visible_to(cast.actor("owner")).exists()
    retest_conclude(actor=cast.actor("authority"), retest=order)
    assert order.state == "agrees" and {row["difference"] for row in order.compared} == {"0"}
    assert ReTest.objects.visible_to(cast.actor("manager")).get() == order
    assert Notification.objects.filter(kind="retest.concluded").exists()
    assert order.task.state == "concluded"


def test_a_difference_beyond_is_a_finding(cast, first, second_body):
    order = retested(cast, first, second_body, shifted(first, "4"))
    retest_conclude(actor=cast.actor("authority"), retest=order)
    assert order.state == "finding"
    beyond = [row for row in order.compared if row["beyond"]]
    assert beyond and all(row["basis"] == "limit" for row in beyond)


def test_stated_uncertainties_decide_before_limits(cast, first, second_body):
    """U of 3 and 4 give 5: a difference of 4 agrees, one of 6 does not. Own vector, by Pythagoras."""
    order = retested(cast, first, second_body, shifted(first, "4"))
    second = order.task.records.get()
    rows = len(first.data["items"]["error"])
    first.uncertainty, second.uncertainty = {"error": ["3"] * rows}, {"error": ["4"] * rows}
    errors = [row for row in side_by_side(first, second) if row["item"] == "error"]
    assert {(row["acceptable"], row["basis"]) for row in errors} == {("5", "stated")}
    assert not any(row["beyond"] for row in errors)
    second.uncertainty = {"error": ["2"] * rows}
    assert any(row["beyond"] for row in side_by_side(first, second)), "sqrt(3^2+2^2) = 3.6 < 4"


def test_who_orders_what(cast, first, second_body):
    body = second_body[0]
    for who in ("manager", "owner", "foreign_authority", "auditor"):
        with pytest.raises(NotPermitted):
            retest_order(actor=cast.actor(who), record=first, body=body, reason="x")
    authority = cast.actor("authority")
    with pytest.raises(InputRefused, match="另一机构"):
        retest_order(actor=authority, record=first, body=cast.body, reason="x")
    order = retest_order(actor=authority, record=first, body=body, reason="x")
    assert (order.task.state, order.task.job, order.task.regime) == ("waiting", "retest", first.regime)
    with pytest.raises(Refused):
        retest_conclude(actor=authority, retest=order)
    retest_cancel(actor=authority, retest=order, reason="撤销")
    assert order.task.state == "cancelled"
    Authorisation.objects.filter(kind="utility").update(kind="statutory")
    with pytest.raises(InputRefused, match="授权实验室"):
        retest_order(actor=authority, record=first, body=body, reason="x")


def test_the_pages(cast, first, second_body, client):
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    assert "下达监督复检" in client.get(f"/verification/records/{first.pk}/").content.decode()
    order = retested(cast, first, second_body, shifted(first, "4"))
    page = client.get(f"/verification/retests/{order.pk}/").content.decode()
    assert "结果并列" in page and "超出" in page
    assert client.post(f"/verification/retests/{order.pk}/conclude/", {"confirmed": "1"}).status_code == 302
    assert "差值超出可接受范围" in client.get("/verification/retests/").content.decode()


def test_nobody_is_asked_to_pay_for_a_retest_and_no_proof_is_promised(cast, first, second_body, client):
    task = retested(cast, first, second_body, first.data).task
    manager = make_account("head", Role.BODY_MANAGER, second_body[0])
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    assert "核定费用" not in client.get(f"/verification/tasks/{task.pk}/").content.decode()
    record = task.records.get()
    type(record).objects.filter(pk=record.pk).update(state="reviewed", approver=None)
    page = client.get(f"/verification/records/{record.pk}/record_approve/").content.decode()
    assert "由下达的监管部门作出结论" in page and "随后可出具证书" not in page


@pytest.fixture
def maker(cast):
    """A manufacturer's laboratory in another city, authorised for water meters and, wrongly, used for scales."""
    with perform(Actor.system("cast", NOW), "catalogue_load") as act:
        water = CatalogueItem.objects.create(act=act, code="WATER", name="水表")
        meter = CatalogueItem.objects.create(act=act, code="WATER-S25", name="冷水水表", parent=water)
    body = make_organisation("邻城水表厂检定站", cast.foreign_city, body=True)
    for item in (water, cast.scale):
        authorisation_enter(
            actor=cast.actor("foreign_authority"), body=body, item=item, number="授厂1", valid_from=walk.FIRST,
            valid_until=walk.LAST, kind=Authorisation.Kind.MANUFACTURER, region=cast.foreign_city,
        )  # fmt: skip
    return body, meter


def test_a_makers_verification_at_the_factory_is_the_first_where_the_rule_says_so(cast, maker):
    """Water meters are of the pilot, scales are not; the region of the instrument does not matter."""
    body, meter = maker
    person = cast.people["verifier"]
    for item, allowed in ((meter, True), (cast.scale, False)):
        made = walk.make_instrument(cast, f"M-{item.code}"[:16], item, item.name)
        task = Task(job="mandatory", instrument=made, body=body, regime="initial", region_id=cast.county.pk)
        found = {one.code for one in obstacles(
            body=body, person=person, item=item, standards=[], on=DAY, needs=needs_of(task, DAY)
        )}  # fmt: skip
        assert ("authorisation" not in found) is allowed
        task.regime = "subsequent"
        again = {one.code for one in obstacles(
            body=body, person=person, item=item, standards=[], on=DAY, needs=needs_of(task, DAY)
        )}  # fmt: skip
        assert "authorisation" in again, "only before first use"


def test_a_maker_is_applied_to_beside_the_designated_body_before_first_use_only(cast, maker):
    body, meter = maker
    authorise(cast, cast.body, meter)
    designate(cast, cast.body, cast.county, meter)
    made = walk.make_instrument(cast, "WM1", meter, "水表")
    task = application_submit(
        actor=cast.actor("owner"), applicant=cast.enterprise, body=body, instruments=[made]
    ).tasks.get()
    assert (task.body, task.regime) == (body, "initial")
    used = walk.make_instrument(cast, "WM2", meter, "水表")
    used.states.update(last_on=date(2024, 5, 1), last_result="pass")
    with pytest.raises(InputRefused, match="未被指定"):
        application_submit(actor=cast.actor("owner"), applicant=cast.enterprise, body=body, instruments=[used])


def test_the_regime_is_chosen_by_rule_and_changed_with_a_reason(cast):
    walk.equip(cast, cast.scale)
    made = walk.make_instrument(cast, "SC0009", cast.scale, "电子计价秤")
    entry = made.states.current().get()
    assert regime_of(entry, DAY) == "initial"
    entry.last_on = date(2025, 6, 1)
    assert regime_of(entry, DAY) == "subsequent"
    instrument_code_assign(
        actor=cast.actor("authority"), instrument=made, kind="repair", value="XM-1", on=date(2026, 1, 5)
    )
    assert regime_of(entry, DAY) == "after_repair"
    entry.last_on = date(2026, 2, 1)
    assert regime_of(entry, DAY) == "subsequent", "verified since the repair"
    application = application_submit(
        actor=cast.actor("owner"), applicant=cast.enterprise, body=cast.body, instruments=[made]
    )
    application_accept(actor=cast.actor("manager"), application=application)
    task = application.tasks.get()
    with pytest.raises(InputRefused):
        record_submit(
            actor=cast.actor("verifier"), task=task, data={"regime": "in_service"}, verified_on=DAY, standards=[]
        )
    task_regime_change(actor=cast.actor("manager"), task=task, regime="after_repair", reason="修理后送检")
    assert task.regime == "after_repair"
