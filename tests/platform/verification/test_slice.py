"""From application to approved record: who may, in which order, and what stands in the way."""

from datetime import date

import pytest

from hengliang.platform.core.errors import InputRefused, NotPermitted, StaleWrite, TransitionRefused
from hengliang.platform.core.models import StateChange
from hengliang.platform.core.selectors import history_of
from hengliang.platform.parties.models import Person
from hengliang.platform.standards.errors import NotInOrder
from hengliang.platform.standards.models import StandardCertificate
from hengliang.platform.standards.selectors import obstacles
from hengliang.platform.standards.services import standard_certificate_enter, standard_suspend
from hengliang.platform.verification.errors import DraftRefused, NoRule, SamePerson, TaskOpenAlready
from hengliang.platform.verification.models import Application, RecordDraft, Task
from hengliang.platform.verification.services import (
    application_accept,
    application_refuse,
    application_submit,
    application_withdraw,
    draft_save,
    record_approve,
    record_review,
    record_send_back,
    record_void,
)
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE, DISPENSER = "procedure/price-scale", "procedure/fuel-dispenser"


@pytest.fixture
def scale(cast):
    walk.authorise(cast, cast.scale)
    return walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


def test_an_application_makes_a_task_an_instrument(cast, scale):
    task = walk.apply_for(cast, scale)[0]
    assert (task.state, task.body, task.regime) == ("waiting", cast.body, "initial")
    assert task.promised_on == date(2026, 3, 30)  # 20 working days from Monday 2 March
    assert [c.target for c in StateChange.objects.filter(subject_type="verification.task").order_by("pk")] == [
        "applied",
        "waiting",
    ]


def test_numbers_of_applications_follow_each_other(cast):
    for serial, code in enumerate(("A1", "A2"), 1):
        walk.apply_for(cast, walk.make_instrument(cast, code, cast.scale, "秤"))
        assert Application.objects.latest("pk").number.endswith(f"{serial:06d}")


def test_an_instrument_is_applied_for_once(cast, scale):
    walk.apply_for(cast, scale)
    with pytest.raises(TaskOpenAlready, match="SC0001"):
        walk.apply_for(cast, scale)
    assert Application.objects.count() == 1


def test_nobody_applies_for_anothers_instrument(cast, scale):
    with pytest.raises(InputRefused, match="SC0001"):
        application_submit(
            actor=cast.actor("foreign_owner"),
            applicant=cast.foreign_enterprise,
            body=cast.body,
            instruments=[scale],
        )


def test_an_application_refused_and_withdrawn_frees_the_instrument(cast, scale):
    application = application_submit(
        actor=cast.actor("owner"), applicant=cast.enterprise, body=cast.body, instruments=[scale]
    )
    application_refuse(actor=cast.actor("manager"), application=application, reason="设备维修")
    assert Task.objects.get().state == "applied", "the authority has it now"
    application_withdraw(actor=cast.actor("owner"), application=application, reason="不再使用")
    assert Task.objects.get().state == "cancelled"
    walk.apply_for(cast, scale)


@pytest.mark.parametrize("who", ["owner", "authority", "foreign_verifier", "auditor", "administrator"])
def test_only_the_body_accepts(cast, scale, who):
    application = application_submit(
        actor=cast.actor("owner"), applicant=cast.enterprise, body=cast.body, instruments=[scale]
    )
    with pytest.raises(NotPermitted):
        application_accept(actor=cast.actor(who), application=application)


def test_a_stale_draft_is_refused_and_nothing_lost(cast, scale):
    task = walk.apply_for(cast, scale)[0]
    verifier = cast.actor("verifier")

    def put(item, version):
        return draft_save(
            actor=verifier, task=task, section=item, change=lambda data: {**data, item: "typed"}, version=version
        )

    assert put("zero", 0) == 1
    assert put("error", 0) == 1, "another section is another grid"
    with pytest.raises(StaleWrite):
        put("zero", 0)
    assert RecordDraft.objects.get().data == {"zero": "typed", "error": "typed"}


def test_a_record_keeps_the_rule_it_was_judged_by(cast, scale, standard):
    task = walk.apply_for(cast, scale)[0]
    record = walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    assert record.passed
    assert record.rule.content["items"]
    assert record.edition == "2017-05-30"
    assert record.training, "every shipped rule is a draft until an authority approves it"


def test_a_record_that_can_not_be_judged_names_its_cells(cast, scale, standard):
    task = walk.apply_for(cast, scale)[0]
    data = walk.example(SCALE, "pass", "2017-05-30")
    data["items"] = {k: v for k, v in data["items"].items() if k != "error"}
    with pytest.raises(DraftRefused) as caught:
        walk.measure(cast, task, standard, data)
    assert caught.value.problems
    task.refresh_from_db()
    assert task.state == "waiting"


def test_without_a_rule_nothing_is_judged(cast, standard):
    cast.scale.code = "UNHEARD-OF"
    cast.scale.save()
    task = walk.apply_for(cast, walk.make_instrument(cast, "X1", cast.scale, "怪秤"))[0]
    with pytest.raises(NoRule):
        walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))


def test_three_people_sign(cast, scale, standard):
    task = walk.apply_for(cast, scale)[0]
    record = walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    with pytest.raises(TransitionRefused):
        record_approve(actor=cast.actor("approver"), record=record)
    record_review(actor=cast.actor("reviewer"), record=record)
    approver = cast.accounts["approver"]
    approver.person = cast.people["reviewer"]
    approver.save()
    with pytest.raises(SamePerson):
        record_approve(actor=cast.actor("approver"), record=record)


def test_a_record_sent_back_is_a_draft_again(cast, scale, standard):
    task = walk.apply_for(cast, scale)[0]
    record = walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    record_send_back(actor=cast.actor("reviewer"), record=record, reason="缺照片")
    assert RecordDraft.objects.get(task=task).data == record.data
    again = walk.measure(cast, task, standard, record.data)
    assert again.number != record.number
    record.refresh_from_db()
    assert record.state == "sent_back"


def test_a_record_is_voided_for_a_reason_and_stays(cast, scale, standard):
    task = walk.apply_for(cast, scale)[0]
    record = walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    with pytest.raises(InputRefused):
        record_void(actor=cast.actor("manager"), record=record, reason=" ")
    record_void(actor=cast.actor("manager"), record=record, reason="录错器具")
    assert [a.kind for a in history_of(record)] == ["record_void", "record_submit"]
    assert record.data["items"]


def test_an_expired_standard_blocks_and_the_way_out_stays_open(cast, scale):
    standard = walk.equip(cast, cast.scale, until=date(2026, 2, 28))
    task = walk.apply_for(cast, scale)[0]
    data = walk.example(SCALE, "pass", "2017-05-30")
    draft_save(actor=cast.actor("verifier"), task=task, section="all", change=lambda _: data, version=0)
    with pytest.raises(NotInOrder, match=standard.name):
        walk.measure(cast, task, standard, data)
    assert RecordDraft.objects.get(task=task).data == data
    for kind in (StandardCertificate.Kind.PUBLIC, StandardCertificate.Kind.TRACEABILITY):
        standard_certificate_enter(
            actor=cast.actor("manager"), standard=standard, kind=kind, number="new", issuer="院",
            valid_from=date(2026, 3, 1), valid_until=date(2027, 2, 28),
        )  # fmt: skip
    assert walk.measure(cast, task, standard, data).passed


def test_the_last_day_of_a_paper_is_a_good_day(cast, scale):
    standard = walk.equip(cast, cast.scale, until=date(2026, 3, 2))
    assert not obstacles(
        body=cast.body, person=cast.people["verifier"], item=cast.scale, standards=[standard], on=date(2026, 3, 2)
    )
    codes = [
        o.code
        for o in obstacles(
            body=cast.body, person=cast.people["verifier"], item=cast.scale, standards=[standard], on=date(2026, 3, 3)
        )
    ]
    assert codes == ["standard_examination", "standard_traceability"]


def test_a_suspended_standard_and_an_unqualified_person_are_both_named(cast, scale, standard):
    standard_suspend(actor=cast.actor("authority"), standard=standard, on=date(2026, 3, 1), reason="期间核查不合格")
    reviewer = Person.objects.get(name="reviewer")
    found = obstacles(body=cast.body, person=reviewer, item=cast.scale, standards=[standard], on=date(2026, 3, 2))
    assert {o.code for o in found} == {"qualification", "standard_suspended"}


def test_the_family_authorises_its_members(cast, scale, standard):
    member = type(cast.scale).objects.create(act=cast.scale.act, code="SCALE-M", name="某秤", parent=cast.scale)
    found = obstacles(
        body=cast.body, person=cast.people["verifier"], item=member, standards=[standard], on=date(2026, 3, 2)
    )
    assert found == []


@pytest.mark.parametrize("who", ["owner", "manager", "verifier", "authority", "foreign_verifier", "administrator"])
def test_only_a_reviewer_of_the_body_reviews(cast, scale, standard, who):
    task = walk.apply_for(cast, scale)[0]
    record = walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))
    with pytest.raises(NotPermitted):
        record_review(actor=cast.actor(who), record=record)
