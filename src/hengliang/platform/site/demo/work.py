"""The last weeks of the verification body, through the same services as the pages: applications, records, proofs."""

from datetime import timedelta
from random import Random
from typing import Any

from django.db.models import Exists, OuterRef

from hengliang.norms import Value
from hengliang.norms.examples import Example, examples
from hengliang.norms.procedures import procedures_by_instrument
from hengliang.norms.suits import misfits
from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rules import rules
from hengliang.platform.parties.models import Account
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.site.demo.marks import next_label
from hengliang.platform.site.demo.world import BODIES, METERS, World, not_lately
from hengliang.platform.standards.selectors import standards_for
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.services import (
    application_accept,
    application_submit,
    record_approve,
    record_review,
    record_submit,
    task_assign,
    task_regime_change,
)

WEEKS = (2, 25)  # how many days ago an application came in
# How far the work on each application of a round of ten has come.
STEPS = ("issued", "issued", "issued", "issued", "issued", "approved", "reviewed", "measured", "waiting", "submitted")


def make_work(world: World, rng: Random, count: int) -> int:
    """Up to `count` verifications in every state of the work; gives how many there were instruments for."""
    body = world.bodies[BODIES[0]]
    judged = procedures_by_instrument(rules(), world.actor.today)
    due = (
        InstrumentState.objects.on(world.actor.today)
        .under_control()
        .filter(body=body, instrument__item__code__in=judged, instrument__part_of=None)
        .exclude(instrument__item__code__startswith=METERS)
        .filter(~Exists(Task.objects.filter(instrument=OuterRef("instrument"))), due_on__lte=world.actor.today)
        .select_related("instrument__item", "owner")
    )
    entries = not_lately(due, world).order_by("-due_on", "pk")[:count]
    done = 0
    for place, entry in enumerate(entries):
        done += _walk(world, rng, entry, STEPS[place % len(STEPS)], judged)
    return done


def _walk(world: World, rng: Random, entry: InstrumentState, upto: str, judged: dict[str, Any]) -> int:
    days = rng.randint(*WEEKS)
    then = world.actor.at - timedelta(days=days)
    body, owner = world.bodies[BODIES[0]], Actor.system(entry.owner.name, then)
    application = application_submit(actor=owner, applicant=entry.owner, body=body, instruments=[entry.instrument])
    if upto == "submitted":
        return 1
    application_accept(actor=staff("manager", world, days - 1), application=application)
    task = application.tasks.get()
    verifier = staff("verifier", world, days - 1)
    person = Account.objects.get(username="verifier").person
    if person is not None:
        task_assign(actor=staff("manager", world, days - 1), task=task, verifier=person, scheduled_on=verifier.today)
    if upto == "waiting":
        return 1
    example = _example(rng, judged[entry.instrument.item.code], entry.instrument.item.code, verifier.today.isoformat())
    if example is None:
        return 1
    data = data_of(example, entry.instrument)
    if data["regime"] != task.regime:
        task_regime_change(actor=verifier, task=task, regime=data["regime"], reason="经查铭牌与检定标记确定")
    record = record_submit(
        actor=verifier,
        task=task,
        data=data,
        verified_on=verifier.today,
        standards=list(standards_for(body, entry.instrument.item)[:1]),
        place=entry.place,
    )
    if upto == "measured":
        return 1
    record_review(actor=staff("reviewer", world, days - 2), record=record)
    if upto == "reviewed":
        return 1
    record_approve(actor=staff("approver", world, days - 2), record=record)
    if upto == "issued":
        certificate_issue(actor=staff("approver", world, days - 2), record=record, marks=next_label(record))
    return 1


def staff(username: str, world: World, days_ago: int) -> Actor:
    """Somebody of the demo, some days ago."""
    return actor_of(Account.objects.get(username=username), world.actor.at - timedelta(days=max(days_ago, 0)))


def _example(rng: Random, rule: Value, item: str, on: str) -> Example | None:
    """A worked example of the rule in force that goes with the item, mostly one that passes."""
    of_rule = (e for e in examples() if e.procedure == rule.norm and e.edition <= on)
    fitting = [e for e in of_rule if not misfits(rule, [item], e.record.get("instrument", {}))]
    newest = max((e.edition for e in fitting), default="")
    fitting = [e for e in fitting if e.edition == newest and e.verdict in {"pass", "fail"}]
    wanted = "pass" if rng.random() < 0.9 else "fail"
    return next((e for e in fitting if e.verdict == wanted), fitting[0] if fitting else None)


def data_of(example: Example, instrument: Instrument) -> dict[str, Any]:
    """The example's record, its parts renamed to those of the instrument."""
    labels = list(instrument.parts.order_by("part_label").values_list("part_label", flat=True))
    names = dict(zip(example.record.get("parts", ()), labels, strict=False))
    renamed = {
        key: [row | {"part": names.get(row["part"], row["part"])} if "part" in row else row for row in rows]
        for key, rows in example.record["items"].items()
    }
    parts = [names.get(part, part) for part in example.record.get("parts", ())]
    return dict(example.record) | {"items": renamed} | ({"parts": parts} if parts else {})
