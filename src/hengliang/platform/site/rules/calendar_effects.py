"""What another calendar would change: promised days of open work, terms of open orders."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.norms import Value
from hengliang.norms.calendar import Calendar, working_day_add
from hengliang.platform.core.rule_effects import Comparison, Tally
from hengliang.platform.core.rules import rules
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.states import OPEN
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.rule_effects import MOST_NAMED, OPEN_TASK, accepted_days

Row = tuple[str, str, str, str]


def calendar_effects(asked: Comparison) -> Iterator[Tally]:
    """Open work and open orders whose last day would be another."""
    before, after = (_calendar(asked, value) for value in (asked.before, asked.after))
    for label, rows in (
        (_("Open tasks with another promised day"), list(_tasks(asked, before, after))),
        (_("Open orders with another term"), list(_orders(asked, before, after))),
    ):
        yield Tally(label, len(rows), "warning" if rows else "good", rows[:MOST_NAMED])
    asked.all = asked.looked


def _calendar(asked: Comparison, value: Value) -> Calendar:
    """All years, with the one in question as `value` gives it; an earlier edition stands for not knowing the later."""
    mine = {asked.before.content["year"], asked.after.content["year"]}
    others = [one.content for one in rules()[value.norm].values if not one.repealed and one.content["year"] not in mine]
    both = [asked.before.content] if asked.before.content["year"] < value.content["year"] else []
    return Calendar.of_years([*others, *both, value.content])


def _last(calendar: Calendar, day: date, count: int) -> date:
    return working_day_add(calendar, day, count).day


def _tasks(asked: Comparison, before: Calendar, after: Calendar) -> Iterator[Row]:
    tasks = Task.objects.visible_to(asked.actor).filter(state__in=OPEN_TASK, promised_on__isnull=False)
    shown = list(tasks.select_related("instrument").order_by("promised_on", "pk")[: asked.most])
    accepted = accepted_days([task.pk for task in shown])
    promise = rules()["deadline/verification-promise"]
    for task in shown:
        asked.looked += 1
        if (on := accepted.get(task.pk)) is None:
            continue
        count = int(promise.at(on).number)
        was, would = _last(before, on, count), _last(after, on, count)
        if was != would:
            named = f"{task.instrument.name} {task.instrument.code}"
            yield named, str(was), str(would), reverse("verification:task", args=[task.pk])


def _orders(asked: Comparison, before: Calendar, after: Calendar) -> Iterator[Row]:
    orders = Order.objects.visible_to(asked.actor).filter(state=OPEN, days__isnull=False).select_related("instrument")
    for order in orders.order_by("due_by", "pk")[: asked.most]:
        asked.looked += 1
        was, would = (_last(calendar, order.issued_on, order.days or 0) for calendar in (before, after))
        if was != would:
            named = f"{order.instrument.name} {order.instrument.code}"
            yield named, str(was), str(would), reverse("supervision:order", args=[order.pk])
