"""Why a row was not simply taken, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hengliang.platform.exchange.models import InboundRow
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
    "body_unknown": gettext_noop("No verification body is called “%(body)s” here."),
    "said_later": gettext_noop("A file of %(day)s, which is later, has said what holds; this one is older."),
    "receipt_missing": gettext_noop("It doesn't say whether the row was accepted."),
    "row_unknown": gettext_noop("Nothing was sent under this number."),
    "answered_otherwise": gettext_noop("It was answered otherwise before; the new answer holds from now on."),
    "act_refused": gettext_noop("%(says)s"),
}
# What the sender does about a row that was refused; where it is not told there is nothing to be mended in the file.
REMEDIES = {
    "id_missing": gettext_noop("Fill in the number by which the other system knows it."),
    "id_too_long": gettext_noop("Correct the number."),
    "id_twice": gettext_noop("Leave one row for each number, delete the others."),
    "instrument_twice": gettext_noop("Leave one row for each instrument, delete the others."),
    "cell_unclear": gettext_noop("Correct the cell, or have the word entered in the mapping of the system."),
    "cell_too_long": gettext_noop("Shorten the text."),
    "foreign_region": gettext_noop("Correct the region, or leave the row out."),
    "instrument_unknown": gettext_noop("Check number, code and serial number; file the instrument first if it is new."),
    "owner_differs": gettext_noop("Correct the user in the ledger that is wrong."),
    "body_unknown": gettext_noop("Name the body as it is called here, or leave it out: then it goes to yours."),
    "said_later": gettext_noop("Export anew from the other system; or correct the day, if the file is of a later one."),
    "receipt_missing": gettext_noop("Fill in what the other system answered, or leave the row out."),
    "row_unknown": gettext_noop("Check the number; receipts belong to rows that were sent to this system by you."),
    "act_refused": gettext_noop("Do what is asked for, then bring the row in again."),
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
    if not field:
        return ""
    return title_of(field) if field in BY_KEY else _(OWN_TITLES.get(field, field))


def shown_value(field: str, value: str) -> str:
    """A value in the words of sheets."""
    return word_of(field).get(value, value) if field in CHOICES else value


@dataclass(frozen=True)
class Said:
    """What is wrong with a row: in which column, why, and what to do."""

    column: str
    reason: str
    remedy: str


def faults_in(row: InboundRow) -> list[Said]:
    """What is wrong with a row that was refused."""
    if "faults" in row.params:
        faults = [Fault(row.number, *one) for one in row.params["faults"]]
        return [Said(one.column, one.reason, one.remedy) for one in faults]
    if not row.code:
        return []
    column = field_title(str(row.params["field"])) if "field" in row.params else field_title(_ABOUT.get(row.code, ""))
    remedy = REMEDIES.get(row.code, "")
    return [Said(column, reason_words(row.code, row.params), _(remedy) if remedy else "")]


_ABOUT = {
    "id_missing": "outside_id", "id_too_long": "outside_id", "id_twice": "outside_id", "foreign_region": "region",
    "owner_differs": "owner_code", "row_unknown": "key", "body_unknown": "body", "receipt_missing": "receipt",
}  # fmt: skip


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
