"""Where applications go: the designated body, the authority, a level up, and back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused
from hengliang.platform.core.models import Notification
from hengliang.platform.core.selectors import history_of
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import instrument_assign_body, instrument_reclassify
from hengliang.platform.standards.services import designation_end
from hengliang.platform.verification.models import Application, Task
from hengliang.platform.verification.placing import desk_above, desk_of
from hengliang.platform.verification.services import (
    application_accept,
    application_escalate,
    application_reassign,
    application_refuse,
    application_submit,
    application_withdraw,
    applications_submit,
)
from tests.platform import slice as walk
from tests.platform.cast import NOW, make_organisation
from tests.platform.standards.test_designations import authorise, designate

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture
def scale(cast):
    """A scale to which no body is assigned."""
    made = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    instrument_assign_body(actor=cast.actor("authority"), instrument=made, body=None)
    return made


@pytest.fixture
def second_body(cast):
    return make_organisation("量县计量检定所", cast.county, body=True)


def apply(cast, *instruments, **told):
    return application_submit(
        actor=cast.actor("owner"), applicant=cast.enterprise, instruments=list(instruments), **told
    )


def test_the_applicant_need_not_choose(cast, scale):
    authorise(cast, cast.body)
    designate(cast, cast.body, cast.city)
    made = apply(cast, scale)
    assert (made.body, made.state, made.job) == (cast.body, "submitted", "mandatory")
    assert made.tasks.get().body == cast.body


def test_where_nobody_is_designated_the_authority_has_it_and_it_counts_from_today(cast, scale):
    made = apply(cast, scale)
    assert (made.body, made.state, made.placed_with) == (None, "unplaced", cast.county)
    assert made.number and made.applied_at == NOW
    assert Task.objects.visible_to(cast.actor("verifier")).count() == 0, "no body sees it"
    assert Task.objects.visible_to(cast.actor("owner")).count() == 1
    assert Application.objects.visible_to(cast.actor("authority")).get() == made


def test_of_several_one_is_chosen_and_no_other_goes(cast, scale, second_body):
    for body in (cast.body, second_body):
        authorise(cast, body)
        designate(cast, body, cast.county)
    with pytest.raises(InputRefused, match="量县计量检定所"):
        apply(cast, scale)
    assert apply(cast, scale, body=second_body).body == second_body
    third = make_organisation("第三所", cast.county, body=True)
    other = walk.make_instrument(cast, "SC0002", cast.scale, "电子计价秤")
    instrument_assign_body(actor=cast.actor("authority"), instrument=other, body=None)
    with pytest.raises(InputRefused, match="第三所"):
        apply(cast, other, body=third)
    instrument_assign_body(actor=cast.actor("authority"), instrument=other, body=cast.body)
    assert apply(cast, other).body == cast.body, "the authority assigned one of them to the instrument"


def test_instruments_of_different_bodies_are_applied_for_apart(cast, scale, second_body):
    dispenser = walk.make_instrument(cast, "FD0001", cast.dispenser, "燃油加油机")
    instrument_assign_body(actor=cast.actor("authority"), instrument=dispenser, body=None)
    authorise(cast, cast.body)
    authorise(cast, second_body, cast.dispenser)
    designate(cast, cast.body, cast.county)
    designate(cast, second_body, cast.county, cast.dispenser)
    with pytest.raises(InputRefused, match="分组"):
        apply(cast, scale, dispenser)
    assert apply(cast, dispenser).body == second_body


@pytest.fixture
def mixed(cast, scale, second_body):
    """A scale for which a body is designated, and a dispenser for which none is."""
    dispenser = walk.make_instrument(cast, "FD0001", cast.dispenser, "燃油加油机")
    instrument_assign_body(actor=cast.actor("authority"), instrument=dispenser, body=None)
    authorise(cast, cast.body)
    authorise(cast, second_body, cast.dispenser)
    designate(cast, cast.body, cast.county)
    return [scale, dispenser]


def test_what_is_ticked_together_becomes_an_application_for_each_body(cast, mixed, second_body, client):
    designate(cast, second_body, cast.county, cast.dispenser)
    client.force_login(cast.accounts["owner"])
    sent = {"job": "mandatory", "note": "首次申请", "instrument": [one.pk for one in mixed]}
    answer = client.post(reverse("verification:application_new"), sent, follow=True)
    assert {made.body for made in Application.objects.all()} == {cast.body, second_body}
    assert all(made.tasks.count() == 1 and made.note == "首次申请" for made in Application.objects.all())
    page = answer.content.decode()
    assert all(made.number in page for made in Application.objects.all()) and "2 份申请" in page
    client.post(reverse("verification:application_new"), sent)
    assert Application.objects.count() == 2, "applied for already: none of them is made twice"


def test_what_nobody_does_goes_to_the_authority_beside_what_a_body_does(cast, mixed):
    told = {"actor": cast.actor("owner"), "applicant": cast.enterprise, "instruments": mixed}
    made = applications_submit(**told)
    assert sorted((one.state, one.body) for one in made if one.body) == [("submitted", cast.body)]
    assert [(one.state, one.placed_with) for one in made if one.body is None] == [("unplaced", cast.county)]


def test_of_several_bodies_the_one_named_takes_its_own_and_the_rest_goes_by_designation(cast, mixed, second_body):
    authorise(cast, second_body)
    designate(cast, second_body, cast.county)
    told = {"actor": cast.actor("owner"), "applicant": cast.enterprise, "instruments": mixed}
    with pytest.raises(InputRefused, match="量县计量检定所"):
        applications_submit(**told)
    assert not Application.objects.exists(), "all of them or none"
    made = applications_submit(body=cast.body, **told)
    assert sorted((one.body is None, one.state) for one in made) == [(False, "submitted"), (True, "unplaced")]


def test_who_waits_for_the_acceptance_of_a_filing_is_told_so(cast, scale):
    InstrumentState.objects.filter(instrument=scale).update(status="filed")
    with pytest.raises(InputRefused, match="尚未受理"):
        apply(cast, scale)


def test_the_applicant_reads_who_refused_why_and_until_when(cast, scale, client):
    authorise(cast, cast.body)
    designate(cast, cast.body, cast.city)
    made = apply(cast, scale)
    application_refuse(actor=cast.actor("manager"), application=made, reason="装置故障")
    application_escalate(actor=cast.actor("authority"), application=made, reason="县里没有机构")
    kinds = (
        Notification.objects.filter(account_id=cast.accounts["owner"].pk).order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds) == ["application.returned", "application.raised"]
    client.force_login(cast.accounts["owner"])
    page = client.get(reverse("verification:application", args=[made.pk])).content.decode()
    assert cast.body.name in page and "装置故障" in page and made.tasks.get().promised_on.isoformat() in page
    client.force_login(cast.accounts["authority"])
    asked = client.get(reverse("verification:application_reassign", args=[made.pk])).content.decode()
    assert "已不予受理：装置故障" in asked and f'value="{cast.body.pk}" selected' not in asked


def test_a_refusal_goes_back_is_taken_up_and_assigned_anew(cast, scale, second_body):
    authorise(cast, cast.body)
    designate(cast, cast.body, cast.city)
    made, authority = apply(cast, scale), cast.actor("authority")
    application_refuse(actor=cast.actor("manager"), application=made, reason="装置故障")
    assert (made.state, made.body, made.placed_with) == ("unplaced", None, cast.county)
    assert not Application.objects.visible_to(cast.actor("manager")).exists(), "it is no longer the body's"
    application_escalate(actor=authority, application=made, reason="县里没有机构")
    assert (made.state, made.placed_with) == ("unplaced", cast.city)
    with pytest.raises(InputRefused, match="授权"):
        application_reassign(actor=authority, application=made, body=second_body)
    authorise(cast, second_body)
    later = replace(authority, at=NOW + timedelta(days=3))
    application_reassign(actor=later, application=made, body=second_body, reason="就近")
    task = made.tasks.get()
    assert (made.state, made.body, made.placed_with) == ("submitted", second_body, None)
    assert task.body == second_body and task.promised_on > TODAY + timedelta(days=20)
    told = Notification.objects.get(kind="application.reassigned")
    assert told.params["body"] == "量县计量检定所"
    kinds = [act.kind for act in history_of(made).order_by("pk")]
    assert kinds == ["application_submit", "application_return", "application_escalate", "application_reassign"]


def test_only_the_authority_that_has_it_moves_it(cast, scale):
    made = apply(cast, scale)
    for who in ("owner", "manager", "foreign_authority", "auditor"):
        with pytest.raises(NotPermitted):
            application_escalate(actor=cast.actor(who), application=made, reason="x")
        with pytest.raises(NotPermitted):
            application_reassign(actor=cast.actor(who), application=made, body=cast.body)
    authority = cast.actor("authority")
    application_escalate(actor=authority, application=made, reason="x")
    application_escalate(actor=authority, application=made, reason="x")
    with pytest.raises(NotPermitted):
        application_escalate(actor=authority, application=made, reason="the province has it now")
    application_withdraw(actor=cast.actor("owner"), application=made, reason="不用了")
    assert made.state == "withdrawn"


def test_a_refused_calibration_ends(cast, scale):
    made = apply(cast, scale, job="calibration", body=cast.body)
    application_refuse(actor=cast.actor("manager"), application=made, reason="没有能力")
    assert made.state == "refused" and made.tasks.get().state == "cancelled"


def test_what_the_body_has_taken_on_stays_with_it_when_the_designation_ends(cast, scale, second_body):
    standard = walk.equip(cast, cast.scale)
    authorise(cast, second_body)
    old = designate(cast, cast.body, cast.county, valid_from=walk.FIRST)
    made = apply(cast, scale)
    application_accept(actor=cast.actor("manager"), application=made)
    designation_end(actor=cast.actor("authority"), designation=old, on=TODAY, reason="调整")
    designate(cast, second_body, cast.county, valid_from=TODAY)
    record = walk.measure(cast, made.tasks.get(), standard, walk.example("procedure/price-scale", "pass", "2017-05-30"))
    assert record.passed
    other = walk.make_instrument(cast, "SC0002", cast.scale, "电子计价秤")
    instrument_assign_body(actor=cast.actor("authority"), instrument=other, body=None)
    assert apply(cast, other).body == second_body, "from today on"


def test_a_kind_is_for_its_instruments(cast, scale):
    with pytest.raises(InputRefused, match="SC0001"):
        apply(cast, scale, job="voluntary", body=cast.body)
    with pytest.raises(InputRefused, match="免费"):
        apply(cast, scale, fee=100)
    with pytest.raises(InputRefused, match="监管部门"):
        apply(cast, scale, job="arbitration", body=cast.body)
    with pytest.raises(InputRefused, match="选择机构"):
        apply(cast, scale, job="calibration")
    with pytest.raises(InputRefused, match="业务种类"):
        apply(cast, scale, job="invented")
    instrument_reclassify(actor=cast.actor("authority"), instrument=scale, mandatory=False, reason="不再用于贸易结算")
    with pytest.raises(InputRefused):
        apply(cast, scale)
    with pytest.raises(InputRefused, match=r"没有.*授权"):
        apply(cast, scale, job="voluntary", body=cast.body)
    authorise(cast, cast.body)
    assert apply(cast, scale, job="voluntary", body=cast.body, fee=100).fee == 100


def test_the_page_says_where_it_goes_and_the_applicant_where_it_is(cast, scale, client):
    client.force_login(cast.accounts["owner"], backend="django.contrib.auth.backends.ModelBackend")
    address = f"/verification/applications/new/?instrument={scale.pk}"
    assert "转送监管部门" in client.get(address).content.decode()
    authorise(cast, cast.body)
    designate(cast, cast.body, cast.county)
    assert "转送 衡城市计量检定所" in client.get(address).content.decode()
    answer = client.post("/verification/applications/new/", {"job": "mandatory", "instrument": scale.pk})
    made = Application.objects.get()
    assert answer["Location"] == f"/verification/applications/{made.pk}/"
    assert "在 衡城市计量检定所" in client.get(answer["Location"]).content.decode()
    application_refuse(actor=cast.actor("manager"), application=made, reason="装置故障")
    assert "在量县监管部门，待指定机构" in client.get(answer["Location"]).content.decode()
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    told = {"confirmed": "1", "body": cast.body.pk, "reason": "已修复"}
    assert client.post(f"/verification/applications/{made.pk}/assign/", told).status_code == 302
    made.refresh_from_db()
    assert made.body == cast.body


def test_at_the_top_there_is_nobody_above(cast, scale):
    province = desk_above(cast.city, TODAY)
    assert desk_of(cast.county.pk, TODAY) == cast.county
    with pytest.raises(Refused):
        desk_above(province, TODAY)
