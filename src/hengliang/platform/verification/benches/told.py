"""What the check of a lot found, in words: row, column, reason and remedy; and the file of refused rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hengliang.platform.registry.imports.cells import text_of
from hengliang.platform.registry.imports.sheet import NOTICES
from hengliang.platform.verification.benches.files import BenchFile, open_file
from hengliang.platform.verification.benches.folding import Fold
from hengliang.platform.verification.benches.profile import Profile
from hengliang.platform.verification.benches.profiles_of import own_headers, profile_used
from hengliang.platform.verification.models import Lot

# Code: what is wrong, and the remedy. %(value)s is what stands there, %(hint)s what it is held against.
WORDS: dict[str, tuple[str, str]] = {
    "missing": (gettext_noop("This cell must not be empty."), gettext_noop("Fill it in from the bench.")),
    "too_long": (gettext_noop("The text is too long."), gettext_noop("Shorten it.")),
    "number_imprecise": (
        gettext_noop("The sheet kept only 15 digits of this number; the others are lost."),
        gettext_noop("Format the column as text and export again."),
    ),
    "date_unclear": (gettext_noop("“%(value)s” is no day."), gettext_noop("Write it as 2026-03-05.")),
    "day_ahead": (gettext_noop("%(value)s has not come yet."), gettext_noop("Check the clock of the bench.")),
    "made_after": (
        gettext_noop("It was made on %(value)s, after it was verified."),
        gettext_noop("Check both dates."),
    ),
    "twice_in_file": (
        gettext_noop("The meter %(value)s stands in row %(hint)s already."),
        gettext_noop("Keep the row that counts, and remove the other."),
    ),
    "label_twice_in_file": (
        gettext_noop("The label %(value)s stands in row %(hint)s already."),
        gettext_noop("Give each meter its own label."),
    ),
    "rows_differ": (
        gettext_noop("This row says “%(value)s”; an earlier row of the same meter says “%(hint)s”."),
        gettext_noop("Let all rows of a meter say the same, or take the row to the meter that it is of."),
    ),
    "point_twice": (
        gettext_noop("This reading (%(value)s) stands in row %(hint)s of the same meter already."),
        gettext_noop("Keep the row that counts. If these are two runs, say so in the mapping profile."),
    ),
    "no_point": (
        gettext_noop("There is a reading (%(value)s), but no cell says at which load point."),
        gettext_noop("Fill in the point, or remove the row."),
    ),
    "twice_earlier": (
        gettext_noop("The meter %(value)s was tested on the same day in %(hint)s."),
        gettext_noop("Remove the row, or have the earlier lot voided."),
    ),
    "initial_twice": (
        gettext_noop("The meter %(value)s passed its initial verification already: %(hint)s."),
        gettext_noop("Check the serial number; a repeated verification is not initial."),
    ),
    "label_earlier": (
        gettext_noop("The label %(value)s was given to another result: %(hint)s."),
        gettext_noop("Give the meter a label of its own."),
    ),
    "judge_not_a_number": (gettext_noop("“%(value)s” is no number."), gettext_noop("Export the reading again.")),
    "judge_not_a_choice": (
        gettext_noop("“%(value)s” is none of the choices of the rule."),
        gettext_noop("Check the word: %(hint)s"),
    ),
    "judge_not_yes_or_no": (gettext_noop("“%(value)s” is neither yes nor no."), gettext_noop("Write 合格 or 不合格.")),
    "judge_impossible": (
        gettext_noop("“%(value)s” is not possible here."),
        gettext_noop("Check reading and unit; the rule says: %(hint)s"),
    ),
    "judge_not_of_item": (
        gettext_noop("“%(value)s” does not go with the item of this lot."),
        gettext_noop("Correct it, or send these meters under their own item."),
    ),
    "judge_missing": (
        gettext_noop("The rule wants this reading."),
        gettext_noop("Test this point, or remove the row."),
    ),
    "judge_missing_item": (gettext_noop("The rule wants this item."), gettext_noop("Test it, or remove the row.")),
    "judge_no_limit": (
        gettext_noop("The rule has no limit for this reading."),
        gettext_noop("Check class and load: %(hint)s"),
    ),
    "judge_undefined": (
        gettext_noop("The error can't be computed from this reading."),
        gettext_noop("Check the reference value."),
    ),
}
_OTHER = (gettext_noop("The rule can't judge “%(value)s”."), gettext_noop("Check the reading: %(hint)s"))
LOT_NOTICES = {
    **NOTICES,
    "bench_differs": gettext_noop(
        "In %(count)s rows the bench concludes otherwise than the rule; what counts is the rule. Check the limits set"
        " at the bench."
    ),
    "met_held": gettext_noop(
        "%(count)s results were not entered into the ledger: the meter is preserved for a dispute (%(serial)s)."
    ),
    "met_out_of_use": gettext_noop(
        "%(count)s results were not entered into the ledger: the meter was out of use on that day (%(serial)s). Resume"
        " it there, then take the result."
    ),
    "met_elsewhere": gettext_noop(
        "%(count)s results were not entered into the ledger: a meter with this number stands where the body is not"
        " authorised (%(serial)s)."
    ),
    "profile_draft": gettext_noop(
        "The mapping profile for this kind of file is a draft: made from how such exports usually look, and held"
        " against no file of a maker yet. Compare the preview with the bench."
    ),
    "no_last_break": gettext_noop("The last row has no end of line; check that the file is whole."),
}

# Where a count is one, the sentence is another.
OF_ONE = {
    "bench_differs": gettext_noop(
        "In one row the bench concludes otherwise than the rule; what counts is the rule. Check the limits set at the"
        " bench."
    ),
    "met_held": gettext_noop(
        "One result was not entered into the ledger: the meter is preserved for a dispute (%(serial)s)."
    ),
    "met_out_of_use": gettext_noop(
        "One result was not entered into the ledger: the meter was out of use on that day (%(serial)s). Resume it"
        " there, then take the result."
    ),
    "met_elsewhere": gettext_noop(
        "One result was not entered into the ledger: a meter with this number stands where the body is not authorised"
        " (%(serial)s)."
    ),
}


@dataclass(frozen=True)
class LotFault:
    """One thing that is wrong with a row of a bench's file."""

    number: int
    field: str
    code: str
    value: str
    hint: str
    header: str
    stands_in: int = 0

    @property
    def row(self) -> int:
        """The row in which it stands; `number` is the first row of its meter."""
        return self.stands_in or self.number

    @property
    def column(self) -> str:
        """The column as the file or the profile calls it."""
        return self.header or self.field

    @property
    def reason(self) -> str:
        """What is wrong."""
        return _(WORDS.get(self.code, _OTHER)[0]) % {"value": self.value, "hint": self.hint}

    @property
    def remedy(self) -> str:
        """What to do."""
        return _(WORDS.get(self.code, _OTHER)[1]) % {"value": self.value, "hint": self.hint}


def faults_of(lot: Lot, first: int = 0, count: int = 200) -> list[LotFault]:
    """The faults of a lot by row, a page of them."""
    titles = titles_of(lot)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, field, code, value, hint, stands_in FROM verification_lotfault WHERE lot_id = %s"
            " ORDER BY number, stands_in, field, code OFFSET %s LIMIT %s",
            [lot.pk, first, count],
        )
        return [
            LotFault(number, field, code, value, hint, titles.get(field, ""), row)
            for number, field, code, value, hint, row in cursor.fetchall()
        ]


def fault_counts(lot: Lot) -> list[tuple[LotFault, int]]:
    """How often each fault occurs in each column, most often first."""
    titles = titles_of(lot)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT field, code, count(*) FROM verification_lotfault WHERE lot_id = %s"
            " GROUP BY field, code ORDER BY count(*) DESC, field, code",
            [lot.pk],
        )
        return [(LotFault(0, f, code, "…", "…", titles.get(f, "")), n) for f, code, n in cursor.fetchall()]


def titles_of(lot: Lot) -> dict[str, str]:
    """The header of each column of a lot: as its file has it, else as its profile calls it."""
    profile = profile_used(lot)
    told = {column.key: column.header for column in profile.columns} if profile else {}
    return told | {key: lot.headers[at] for key, at in lot.columns.items() if at < len(lot.headers)}


def refused_rows(lot: Lot) -> Iterator[list[str]]:
    """The refused rows as the bench wrote them, each with its columns at fault, reasons and remedies.

    Of a meter with several rows all of them, so that what is corrected can be sent again.
    """
    faults: dict[int, list[LotFault]] = {}
    for fault in faults_of(lot, 0, 10**7):
        faults.setdefault(fault.number, []).append(fault)
    if not faults:
        return
    file = _opened(lot)
    width = len(file.headers)
    for number, meter, row in _rows_with_meters(file, profile_used(lot)):
        if found := faults.get(meter):
            cells = [text_of(cell) for cell in row][:width]
            yield [str(number), *cells, *[""] * (width - len(cells)), *_told([f for f in found if f.row == number])]


def _rows_with_meters(file: BenchFile, profile: Profile | None) -> Iterator[tuple[int, int, Sequence[Any]]]:
    """Each row with its number, and the number of the first row of its meter."""
    long = profile.file.long if profile else None
    if profile is None or long is None:
        yield from ((number, number, row) for number, row in file.rows)
        return
    fold, wide = Fold(file, long, profile.columns, compared=True), len(file.headers)
    for numbers, rows in fold.rows():
        for number, meter, row in zip(numbers, fold.meters(numbers, rows), rows, strict=True):
            written = row if not long.head or any(row[:wide]) else row[wide:]  # the line of a meter stands behind
            yield number, fold.firsts[meter], written


def _opened(lot: Lot) -> BenchFile:
    profile = profile_used(lot)
    return open_file(lot.sha256, own_headers(lot.body_id), profile.file if profile else None)


def fault_headers(lot: Lot) -> list[str]:
    """The headers of the file of refused rows."""
    profile = profile_used(lot)
    own = _opened(lot).headers if profile and profile.file.long else lot.headers
    return [_("Row"), *own, _("Columns at fault"), _("What is wrong"), _("What to do")]


def _told(found: list[LotFault]) -> list[str]:
    return [
        "；".join(dict.fromkeys(f.column for f in found if f.column)),
        "；".join(f.reason for f in found),
        "；".join(dict.fromkeys(f.remedy for f in found)),
    ]
