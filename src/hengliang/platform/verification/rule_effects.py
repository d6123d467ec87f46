"""What stands on the rules of verification, and what another edition would change: records, open tasks, dates."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.metrology.judge import BadProcedure, BadRecord, Procedure, judge, record_from_json
from hengliang.norms import Norm, UnknownEntry, Value, procedure_of
from hengliang.norms.catalogue import Catalogue, catalogue_of
from hengliang.norms.periods import period_of
from hengliang.platform.core.models import StateChange
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rule_effects import Comparison, Tally, Use
from hengliang.platform.core.rules import rules, working_days_from
from hengliang.platform.registry.models import CatalogueItem, InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.verification.models import Record, Task
from hengliang.platform.verification.verdicts import verdict_words

OPEN_TASK = ("applied", "waiting", "measured", "reviewed", "approved")
MOST_NAMED = 20  # rows named beneath a count
WITHOUT = "cannot"  # a record that the other edition can't judge: it asks for more, or for something else


def tasks_of(codes: Iterable[str], actor: Actor) -> "QuerySet[Task]":
    """The open tasks on instruments of catalogue items, or of the families above them."""
    named = list(codes)
    items = Q(instrument__item__code__in=named) | Q(instrument__item__parent__code__in=named)
    return Task.objects.visible_to(actor).filter(items, state__in=OPEN_TASK)


def instruments_of(codes: Iterable[str], actor: Actor) -> "QuerySet[InstrumentState]":
    """The instruments in use of catalogue items, or of the families above them, as the ledger stands."""
    named = list(codes)
    items = Q(instrument__item__code__in=named) | Q(instrument__item__parent__code__in=named)
    return InstrumentState.objects.visible_to(actor).current().whole().under_control().filter(items)


def _codes(values: Iterable[Value]) -> set[str]:
    return {str(code) for value in values for code in value.content.get("instruments", ())}


def procedure_uses(norm: Norm, actor: Actor) -> Iterator[Use]:
    """Records judged by it, open tasks that it will judge, instruments that fall under it."""
    codes = _codes(norm.values)
    seen = Record.objects.filter(task__in=Task.objects.visible_to(actor), procedure=norm.id)
    yield Use(_("Records judged by it"), seen.count(), "?tab=records")
    yield Use(_("Open tasks"), tasks_of(codes, actor).count(), open_tasks_url(codes))
    yield Use(_("Instruments in use"), instruments_of(codes, actor).count(), instruments_url(codes))


def items_of(codes: Iterable[str]) -> list[int]:
    """The catalogue items of codes, with those below them: what the lists are narrowed by."""
    named = list(codes)
    return list(
        CatalogueItem.objects.filter(Q(code__in=named) | Q(parent__code__in=named)).values_list("pk", flat=True)
    )


def open_tasks_url(codes: Iterable[str] | None = None) -> str:
    """The list of exactly the open tasks, of these items or of all."""
    asked = {"state": list(OPEN_TASK)} | ({} if codes is None else {"item": items_of(codes)})
    return f"{reverse('verification:task_list')}?{urlencode(asked, doseq=True)}"


def instruments_url(codes: Iterable[str]) -> str:
    """The ledger narrowed to exactly the instruments in use and under control, of these items."""
    asked = {"status": IN_USE, "mandatory": "1", "item": items_of(codes)}
    return f"{reverse('registry:list')}?{urlencode(asked, doseq=True)}"


def procedure_effects(asked: Comparison) -> Iterator[Tally]:
    """Standing records judged by both editions, newest first; then the open tasks of these instruments."""
    before, after = procedure_of(asked.before), procedure_of(asked.after)
    standing = Record.objects.filter(
        task__in=Task.objects.visible_to(asked.actor), procedure=asked.before.norm
    ).exclude(state__in=["void", "sent_back"])
    asked.all = standing.count()
    rows = standing.select_related("task__instrument").order_by("-verified_on", "-pk")[: asked.most]
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in rows.iterator(chunk_size=500):
        asked.looked += 1
        asked.tell(asked.looked, asked.all)
        verdicts = _verdict(before, record), _verdict(after, record)
        if verdicts[0] != verdicts[1]:
            found[verdicts].append(record)
    changed = _instruments(records for verdicts, records in found.items() if WITHOUT not in verdicts)
    without = _instruments(records for verdicts, records in found.items() if WITHOUT in verdicts)
    yield Tally(_("Instruments whose verdict would change"), changed, "bad" if changed else "good")
    if without:
        yield Tally(
            _("Instruments that would have to be measured anew: their records lack what it asks for"), without, "open"
        )
    for (was, would), records in sorted(found.items()):
        yield Tally(_LABELS.get((was, would), _("Records with another verdict or class")), len(records), "warning",
                    [_named(record, was, would) for record in records[:MOST_NAMED]])  # fmt: skip
    tasks = tasks_of(_codes([asked.before, asked.after]), asked.actor)
    yield Tally(_("Open tasks that the later edition would judge"), tasks.count(), "pending")


def _instruments(found: Iterable[list[Record]]) -> int:
    return len({record.task.instrument_id for records in found for record in records})


_LABELS = {
    ("pass", "fail"): _("Records that pass by the one and fail by the other"),
    ("fail", "pass"): _("Records that fail by the one and pass by the other"),
    ("pass", WITHOUT): _("Records that passed and can't be judged by the other: it asks for other readings"),
    ("fail", WITHOUT): _("Records that failed and can't be judged by the other: it asks for other readings"),
}


def _verdict(procedure: Procedure, record: Record) -> str:
    try:
        judged = judge(procedure, record_from_json(record.data))
    except (BadRecord, BadProcedure):
        return WITHOUT
    return f"{judged.verdict} {judged.accuracy_class}" if judged.downgraded_from else judged.verdict


def _named(record: Record, was: str, would: str) -> tuple[str, str, str, str]:
    instrument = record.task.instrument
    return (
        f"{record.number} · {instrument.name} {instrument.code}",
        _words(was),
        _words(would),
        reverse("verification:record", args=[record.pk]),
    )


def _words(found: str) -> str:
    verdict, _space, accuracy = found.partition(" ")
    words = str(_("Can't be judged")) if verdict == WITHOUT else verdict_words(verdict)
    return f"{words} {accuracy}".strip()


def period_uses(norm: Norm, actor: Actor) -> Iterator[Use]:
    """Instruments whose date it sets."""
    codes = {row["item"] for value in norm.values if not value.repealed for row in value.content["rows"]}
    yield Use(_("Instruments in use"), instruments_of(codes, actor).count(), instruments_url(codes))


def period_effects(asked: Comparison) -> Iterator[Tally]:
    """Instruments in use whose next date would be another, counted by item and class in one query."""
    catalogue = catalogue_of(rules()["catalogue/mandatory"].at(asked.actor.today))
    groups = (
        InstrumentState.objects.visible_to(asked.actor).current().whole().under_control().order_by()
        .values_list("instrument__item__code", "instrument__item__name", "instrument__accuracy_class")
        .annotate(n=Count("pk"), verified=Count("pk", filter=Q(last_result="pass")))
    )  # fmt: skip
    changed: Counter[tuple[str, str, str, str]] = Counter()
    dates = 0
    for code, name, accuracy, count, verified in groups:
        asked.looked += count
        was, would = (_months(value, catalogue, code, accuracy) for value in (asked.before, asked.after))
        if was != would:
            changed[(f"{name} {accuracy}".strip(), was, would, reverse("registry:list"))] += count
            dates += verified
    asked.all = asked.looked
    rows = [(f"{named} · {count}", was, would, url) for (named, was, would, url), count in changed.most_common()]
    yield Tally(_("Instruments with another period"), changed.total(), "warning" if changed else "good", rows)
    yield Tally(
        _("Of these with a good proof, whose next date would be another"), dates, "warning" if dates else "good"
    )


def _months(value: Value, catalogue: Catalogue, code: str, accuracy: str) -> str:
    codes = catalogue.ancestors(code) if code in catalogue else [code]
    try:
        period = period_of(value, codes, {"accuracy_class": accuracy} if accuracy else {})
    except UnknownEntry:
        return "–"
    return str(period.months) if period.months else str(period.mode or "–")


def promise_uses(norm: Norm, actor: Actor) -> Iterator[Use]:
    """Open tasks whose day it promises."""
    tasks = Task.objects.visible_to(actor).filter(state__in=OPEN_TASK, promised_on__isnull=False)
    yield Use(_("Open tasks"), tasks.count(), open_tasks_url())


def promise_effects(asked: Comparison) -> Iterator[Tally]:
    """Open tasks whose promised day would be another, reckoned from the day they were accepted."""
    tasks = Task.objects.visible_to(asked.actor).filter(state__in=OPEN_TASK, promised_on__isnull=False)
    asked.all = tasks.count()
    shown = list(tasks.select_related("instrument").order_by("promised_on", "pk")[: asked.most])
    accepted = accepted_days([task.pk for task in shown])
    rows = []
    for task in shown:
        asked.looked += 1
        if task.pk in accepted:
            was, would = (working_days_from(accepted[task.pk], int(v.number)).day for v in (asked.before, asked.after))
            if was != would:
                rows.append((f"{task.instrument.name} {task.instrument.code}", str(was), str(would),
                             reverse("verification:task", args=[task.pk])))  # fmt: skip
    yield Tally(_("Open tasks with another promised day"), len(rows), "warning" if rows else "good", rows[:MOST_NAMED])


def accepted_days(tasks: list[int]) -> dict[int, date]:
    """The days on which tasks were accepted: from then their promised days are reckoned."""
    rows: Any = StateChange.objects.filter(
        subject_type="verification.task", subject_id__in=tasks, act__kind="application_accept"
    ).values_list("subject_id", "act__on")
    return {int(pk): on for pk, on in rows}
