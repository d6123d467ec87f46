"""Why a row was not simply taken, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hengliang.platform.registry.imports.faults import Fault
from hengliang.platform.registry.imports.fields import BY_KEY, CHOICES, title_of, word_of

REASONS = {
    "id_missing": gettext_noop("The number of the other system is missing; without it the row can't be kept apart."),
    "id_too_long": gettext_noop("The number is longer than %(longest)s characters."),
    "id_twice": gettext_noop("The number stands in several rows (%(rows)s); leave the one that is right."),
    "instrument_twice": gettext_noop("Several rows (%(rows)s) speak of one instrument; leave the one that is right."),
    "cell_unclear": gettext_noop("“%(value)s” in “%(field)s” is not understood; correct it, or add it to the mapping."),
    "cell_too_long": gettext_noop("“%(field)s” is longer than %(longest)s characters."),
    "foreign_region": gettext_noop("It stands in a region that is not exchanged with this system."),
    "id_moved": gettext_noop(
        "Their number was linked with another instrument than the one that the row describes; a person decides."
    ),
    "known_otherwise": gettext_noop(
        "The instrument is linked with their number %(other)s already; a person decides which is right."
    ),
    "to_confirm": gettext_noop(
        "Maker, model, serial number and user are those of an instrument here; a person confirms that it is the same."
    ),
    "changed_on_both": gettext_noop("Since both agreed last, the same field was changed on both sides."),
    "differs": gettext_noop("Some fields differ; nothing was written, a person settles it."),
    "filing_refused": gettext_noop("The ledger can't take it: %(says)s"),
    "instrument_unknown": gettext_noop("No instrument of these regions has this number, code or serial number."),
    "owner_differs": gettext_noop("Here the instrument has another user; correct one of the two ledgers first."),
    "row_unknown": gettext_noop("Nothing was sent under this number."),
    "answered_otherwise": gettext_noop("It was answered otherwise before; the new answer holds from now on."),
    "act_refused": gettext_noop("%(says)s"),
}
OWN_TITLES = {
    "outside_id": gettext_noop("Their number"),
    "instrument_id": gettext_noop("Their number of the instrument"),
    "key": gettext_noop("Our number"),
    "receipt": gettext_noop("Receipt"),
    "reason": gettext_noop("Reason"),
    "wanted_on": gettext_noop("Wanted by"),
    "note": gettext_noop("Note"),
    "job": gettext_noop("Kind of job"),
}


def field_title(field: str) -> str:
    """A field in the reader's language."""
    return title_of(field) if field in BY_KEY else _(OWN_TITLES.get(field, field))


def shown_value(field: str, value: str) -> str:
    """A value in the words of sheets."""
    return word_of(field).get(value, value) if field in CHOICES else value


def reason_words(code: str, params: Mapping[str, Any]) -> str:
    """Why a row was not simply taken; empty where there is nothing to say."""
    if not code:
        return ""
    told = dict(params)
    if "field" in told:
        told["field"] = field_title(str(told["field"]))
    if "faults" in told:
        faults = [Fault(0, *one) for one in told["faults"]]
        told["says"] = "；".join(f"{f.column}：{f.reason}{f.remedy}" if f.column else f.reason for f in faults)
    if "template" in told:
        told["says"] = _(told["template"]) % told.get("of", {})
    return _(REASONS[code]) % told
