"""Where rules above verification are used, and what another one would change: indicators, catalogue, calendar."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.norms import Norm, NormError, Value
from hengliang.norms.catalogue import CatalogueItem, catalogue_of
from hengliang.norms.indicators import indicator_of
from hengliang.platform.core.rights import REGIONAL, Actor, Role
from hengliang.platform.core.rule_effects import Comparison, Tally, Use, register_rule_use
from hengliang.platform.plan.engine.compute import compute
from hengliang.platform.plan.engine.figure import Figure
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.plan.errors import UnknownSelection
from hengliang.platform.registry.models import CatalogueItem as Item
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.site.rules.calendar_effects import calendar_effects
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.rule_effects import OPEN_TASK, open_tasks_url


def register() -> None:
    """Tell core of them; called once the apps are ready."""
    register_rule_use("indicator", uses=indicator_uses, effects=indicator_effects)
    register_rule_use("catalogue", uses=catalogue_uses, effects=catalogue_effects)
    register_rule_use("calendar", uses=calendar_uses, effects=calendar_effects)


def scope_of(actor: Actor) -> Scope:
    """The regions that the actor may see, today."""
    everywhere = actor.has(Role.ADMINISTRATOR)
    return Scope(actor.today, limit=None if everywhere else actor.regions(REGIONAL))


def indicator_uses(norm: Norm, actor: Actor) -> Iterator[Use]:
    """The rows that the indicator counts today."""
    value = norm.value_at(actor.today)
    if value is None:
        return
    name = norm.id.rpartition("/")[2]
    url = reverse("plan:target", args=[name])
    yield Use(_("Indicators computed by it"), 1, url)
    figure = _figure(value, actor)
    if figure is not None and figure.denominator is not None:
        yield Use(_("Rows that it counts"), figure.denominator, url)


def _figure(value: Value, actor: Actor) -> Figure | None:
    try:
        return compute(indicator_of(value), scope_of(actor))
    except (UnknownSelection, NormError):
        return None


def indicator_effects(asked: Comparison) -> Iterator[Tally]:
    """The figure by both definitions, on the ledger of today."""
    figures = [_figure(value, asked.actor) for value in (asked.before, asked.after)]
    words = ["–" if one is None or one.value is None else f"{one.value} {one.indicator.unit}" for one in figures]
    counts = ["–" if one is None else f"{one.numerator} / {one.denominator}" for one in figures]
    changed = words[0] != words[1] or counts[0] != counts[1]
    url = reverse("plan:target", args=[asked.before.norm.rpartition("/")[2]])
    rows = [
        (str(_("Figure")), words[0], words[1], url),
        (str(_("Numerator / denominator")), counts[0], counts[1], url),
    ]
    yield Tally(_("Indicators with another figure"), int(changed), "warning" if changed else "good", rows)


def catalogue_uses(norm: Norm, actor: Actor) -> Iterator[Use]:
    """Its items in the ledger, and the instruments filed under them."""
    yield Use(_("Items in the ledger"), Item.objects.count(), reverse("registry:catalogue"))
    rows = InstrumentState.objects.visible_to(actor).current().whole()
    yield Use(_("Instruments filed under them"), rows.order_by().count(), reverse("registry:list"))


def catalogue_effects(asked: Comparison) -> Iterator[Tally]:
    """Instruments whose control, mode or period is another, by item."""
    before, after = catalogue_of(asked.before), catalogue_of(asked.after)
    groups = (
        InstrumentState.objects.visible_to(asked.actor).current().whole().order_by()
        .values_list("instrument__item__code", "instrument__item__name").annotate(n=Count("pk"))
    )  # fmt: skip
    changed: Counter[tuple[str, str, str, str]] = Counter()
    for code, name, count in groups:
        asked.looked += count
        was, would = _control(before.get(code)), _control(after.get(code))
        if was != would:
            changed[(name, was, would, reverse("registry:catalogue"))] += count
    asked.all = asked.looked
    rows = [(f"{name} · {count}", was, would, url) for (name, was, would, url), count in changed.most_common()]
    yield Tally(_("Instruments under another control"), changed.total(), "warning" if changed else "good", rows)


def _control(item: CatalogueItem | None) -> str:
    return (
        "–" if item is None else " ".join(str(part) for part in (item.control, item.mode, item.period_months) if part)
    )


def calendar_uses(norm: Norm, actor: Actor) -> Iterator[Use]:
    """Open tasks whose promised day was reckoned by it."""
    tasks = Task.objects.visible_to(actor).filter(state__in=OPEN_TASK, promised_on__isnull=False)
    yield Use(_("Open tasks"), tasks.count(), open_tasks_url())
