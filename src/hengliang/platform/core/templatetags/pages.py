"""Template tags of the kit: states, days, quantities, charts, and small parts."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ..pages import looks, values
from ..pages.charts import Chart
from ..selectors import unread_count

register = template.Library()
MOST_BESIDE = 4


@register.simple_tag
def state(key: str, words: str | None = None) -> SafeString:
    """The tag of a registered state: words, colour, shape."""
    return looks.state_tag(key, words)


@register.simple_tag
def tone(name: looks.Tone, words: str) -> SafeString:
    """A tag in one of the tones, for words that are no registered state."""
    return looks.tone_tag(name, words)


@register.filter
def day(value: dt.date | None) -> SafeString:
    """A day, ISO."""
    return values.day(value)


@register.filter
def moment(value: dt.datetime | None) -> SafeString:
    """A moment in local time."""
    return values.moment(value)


@register.simple_tag
def due(value: dt.date | None, on: dt.date) -> SafeString:
    """A due day and how far it lies from `on`."""
    return values.due(value, on)


@register.simple_tag
def quantity(value: Any, unit: str = "", digits: int | None = None) -> SafeString:
    """A number with thin spaces and its unit; absence in words."""
    return values.quantity(value, unit, digits)


@register.filter
def count(value: Any) -> SafeString:
    """A count with thin spaces."""
    return values.quantity(value)


@register.filter
def shown(value: Any) -> SafeString:
    """Any value as a fact shows it."""
    return values.shown(value)


@register.simple_tag
def absent(why: str = "empty") -> SafeString:
    """The mark of a value that is not there: empty, unknown, no_source, not_applicable."""
    return values.absent(values.Absent(why))


@register.simple_tag
def chart(drawn: Chart, url: str) -> SafeString:
    """A chart: its figure is drawn from the specification at `url`; its table stands beside it for everyone else."""
    return SafeString(render_to_string("core/parts/chart.html", {"chart": drawn, "url": url}))


@register.simple_tag(takes_context=True)
def unread(context: template.RequestContext) -> str:
    """How many notifications the reader has not seen; counted up to 99."""
    actor = getattr(context.get("request"), "actor", None)
    found = unread_count(actor) if actor is not None else 0
    return "" if not found else str(found) if found < 100 else "99+"


@register.filter
def foremost(actions: Sequence[Any]) -> Sequence[Any]:
    """The verbs that stand beside the title: all of a few; of many the first ones that are no danger."""
    return _split(actions)[0]


@register.filter
def further(actions: Sequence[Any]) -> Sequence[Any]:
    """The verbs that stand in the menu behind them."""
    return _split(actions)[1]


def _split(actions: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    if len(actions) <= MOST_BESIDE + 1:
        return list(actions), []
    first = [one for one in actions if one.primary]
    first += [one for one in actions if not one.primary and not one.danger][: max(0, MOST_BESIDE - len(first))]
    return first, [one for one in actions if one not in first]


@register.inclusion_tag("core/parts/empty.html")
def empty(title: str, says: str = "", verb: str = "", url: str = "") -> dict[str, str]:
    """What an empty place says: what belongs here and how to begin."""
    return {"title": title, "says": says, "verb": verb, "url": url}
