"""The rules in force here: those shipped, with the authority's overlay upon them."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

from hengliang.norms import Norms, load_norms
from hengliang.norms.calendar import Calendar, Reckoned, working_day_add


@lru_cache(maxsize=1)
def rules() -> Norms:
    """Every rule, loaded once a process. The overlay is the folder `HENGLIANG_NORMS`."""
    return load_norms(*settings.NORM_OVERLAYS)


class Deadline(NamedTuple):
    """The last day of a term; provisional where the holidays of its year are not yet known."""

    day: date
    provisional: bool


def working_days_from(day: date, count: int) -> Deadline:
    """The last day of a term of `count` working days that begins the day after `day`."""
    reckoned: Reckoned = working_day_add(Calendar.of(rules()["calendar/china"]), day, count)
    return Deadline(reckoned.day, reckoned.provisional)
