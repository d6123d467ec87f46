"""A rule and its edition by what stands in an address."""

from datetime import date

from django.http import Http404

from hengliang.norms import Norm, NormError, Value
from hengliang.platform.core.rules import rules, rules_beneath


def rule_of(norm: str) -> Norm:
    """The rule of an id.

    Errors: `Http404`.
    """
    try:
        return rules()[norm]
    except NormError as unknown:
        raise Http404 from unknown


def beneath(value: Value) -> Value | None:
    """What was shipped for the same day, beneath what the authority laid over it."""
    norm = rules_beneath().get(value.norm)
    return next((one for one in (norm.values if norm else ()) if one.start == value.start), None)


def edition_of(norm: Norm, day: str, today: date) -> Value:
    """The edition that begins on `day`; without one that of today, else the newest.

    Errors: `Http404`.
    """
    chosen = [value for value in norm.values if value.start.isoformat() == day]
    if day and not chosen:
        raise Http404
    return chosen[0] if chosen else norm.value_at(today) or norm.values[-1]
