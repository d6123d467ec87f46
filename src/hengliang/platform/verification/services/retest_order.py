"""The authority has what an authorised laboratory verified verified again by another body, unannounced."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.standards.models import Authorisation
from hengliang.platform.standards.selectors import ancestors, authorised
from hengliang.platform.verification.models import Record, ReTest
from hengliang.platform.verification.selectors import promised_day
from hengliang.platform.verification.services.application_submit import open_task
from hengliang.platform.verification.states import RETEST, TASK

JOB = "retest"
AUTHORISED = (Authorisation.Kind.UTILITY, Authorisation.Kind.MANUFACTURER)


def retest_order(*, actor: Actor, record: Record, body: Organisation, reason: str) -> ReTest:
    """Order a re-test of an approved record by another body, with the regime of the first; the laboratory is not told.

    Errors: `InputRefused` if the record is not approved or not of an authorised laboratory, or if the body may not.
    """
    instrument = record.task.instrument
    entry = InstrumentState.objects.current().get(instrument=instrument)
    permit(actor, "retest_order", region_id=entry.region_id)
    _refuse_unfit(actor, record, body, entry)
    with perform(actor, "retest_order", reason=reason, region_id=entry.region_id) as act:
        task = open_task(
            act, instrument, job=JOB, body=body, owner_id=entry.owner_id, region_id=entry.region_id,
            regime=record.regime, promised_on=promised_day(actor.today),
        )  # fmt: skip
        move(TASK, task, act)
        act.subject = made = ReTest.objects.create(
            act=act, first=record, task=task, region_id=entry.region_id, ordered_on=act.on, state=RETEST.states[0].code
        )
        enter(RETEST, made, act)
        act.content = {"record": record.number, "body": body.pk}
    return made


def by_authorised_laboratory(record: Record) -> bool:
    """Whether a laboratory of a utility or manufacturer verified it, by its authorisation of that day."""
    items = ancestors(record.task.instrument.item)
    papers = Authorisation.objects.on(record.verified_on).filter(body_id=record.task.body_id, item__in=items)
    return papers.filter(kind__in=AUTHORISED).exists()


def _refuse_unfit(actor: Actor, record: Record, body: Organisation, entry: InstrumentState) -> None:
    item, first = record.task.instrument.item, record.task.body_id
    if record.state != "approved" or not by_authorised_laboratory(record):
        raise InputRefused(
            "no_authorised_laboratory",
            "Only what an authorised laboratory of a utility or manufacturer has verified is re-tested.",
        )
    if body.pk == first:
        raise InputRefused("same_body", "Another body re-tests than the one that verified.", field="body")
    if not authorised(body.pk, item, entry.region_id, actor.today):
        raise InputRefused(
            "not_authorised", "“%(body)s” holds no authorisation for “%(item)s” there on %(on)s. Enter it first.",
            field="body", body=body.name, item=item.name, on=actor.today,
        )  # fmt: skip
