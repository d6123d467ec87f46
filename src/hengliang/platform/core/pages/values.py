"""How single values are written: numbers with a thin space and their unit, days, and what is not there."""

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from .words import Words

THIN = "\u2009"
MINUS = "\u2212"


class Absent(Enum):
    """Why a value is not there. None of these is zero, and none of them looks like it."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    NO_SOURCE = "no_source"
    NOT_APPLICABLE = "not_applicable"


ABSENT_WORDS: dict[Absent, Words] = {
    Absent.EMPTY: gettext_lazy("not given"),
    Absent.UNKNOWN: gettext_lazy("unknown"),
    Absent.NO_SOURCE: gettext_lazy("no source"),
    Absent.NOT_APPLICABLE: gettext_lazy("not applicable"),
}


def absent(why: Absent = Absent.EMPTY) -> SafeString:
    """The mark of a missing value: a dash for an empty field, words where the reason matters."""
    if why is Absent.EMPTY:
        return format_html(
            '<span class="absent"><span aria-hidden="true">–</span><span class="sr">{}</span></span>', ABSENT_WORDS[why]
        )
    return format_html('<span class="absent absent-{}">{}</span>', why.value, ABSENT_WORDS[why])


def number_text(value: int | float | Decimal, digits: int | None = None) -> str:
    """A number with thin spaces between groups of three; four digits stay together.

    `digits` fixes the decimals; without it, a Decimal keeps the digits it was given and a float its shortest form.
    """
    text = f"{value:.{digits}f}" if digits is not None else _shortest(value)
    sign, text = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = text.partition(".")
    if len(whole) > 4 and whole.isdigit():
        whole = f"{int(whole):,}".replace(",", THIN)
    return f"{sign}{whole}{point}{fraction}"


def _shortest(value: int | float | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def quantity(value: object, unit: str = "", digits: int | None = None) -> SafeString:
    """A number and its unit, kept on one line; what is absent is named and never shown as zero."""
    if isinstance(value, Absent):
        return absent(value)
    if value is None or value == "":
        return absent()
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        value = number_text(value, digits)
    if not unit:
        return format_html('<span class="q">{}</span>', value)
    return format_html('<span class="q">{}<span class="u">{}{}</span></span>', value, THIN, unit)


def day(value: dt.date | dt.datetime | Absent | None) -> SafeString:
    """A calendar day, ISO, as both Chinese and English readers sort it."""
    if isinstance(value, Absent) or value is None:
        return absent(value or Absent.EMPTY)
    if isinstance(value, dt.datetime):
        value = _local(value).date()
    return format_html('<time datetime="{0}">{0}</time>', value.isoformat())


def moment(value: dt.datetime | Absent | None) -> SafeString:
    """A moment in the local time of the installation, to the minute."""
    if isinstance(value, Absent) or value is None:
        return absent(value or Absent.EMPTY)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), f"{_local(value):%Y-%m-%d %H:%M}")


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def due(value: dt.date | None, on: dt.date) -> SafeString:
    """A due day and its distance from `on`. The due day itself is not overdue."""
    if value is None:
        return absent()
    return format_html('{} <span class="muted">{}</span>', day(value), due_words(value, on))


def due_words(value: dt.date, on: dt.date) -> str:
    """How far a due day lies from `on`, in words."""
    left = (value - on).days
    if left == 0:
        return gettext("due today")
    if left > 0:
        return ngettext("in %(days)d day", "in %(days)d days", left) % {"days": left}
    return ngettext("%(days)d day overdue", "%(days)d days overdue", -left) % {"days": -left}


def shown(value: Any) -> SafeString:
    """Any value as a table or a fact shows it when nobody said otherwise."""
    if value is None or value == "" or isinstance(value, Absent):
        return absent(value if isinstance(value, Absent) else Absent.EMPTY)
    if isinstance(value, bool):
        return SafeString(gettext("yes") if value else gettext("no"))
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, (int, float, Decimal)):
        return quantity(value)
    return conditional_escape(value)
