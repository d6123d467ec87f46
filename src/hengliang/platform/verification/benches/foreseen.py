"""What will happen to a lot, as far as it can be seen before: meters barred, tests too old, results expired."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.listed import listed
from hengliang.platform.core.rules import term_from
from hengliang.platform.registry.selectors import BARRED, HELD, OUT_OF_USE
from hengliang.platform.verification.benches.matching import family
from hengliang.platform.verification.benches.sql import statement
from hengliang.platform.verification.models import Lot

BOUND, LATEST = "deadline/lot-hand-in", "deadline/lot-hand-in-latest"
_STAGED = (
    "(SELECT r.number, r.serial, s.maker, s.model, s.verified_on FROM verification_lotrow r"
    " JOIN verification_lotshared s ON s.lot_id = r.lot_id AND s.shared = r.shared WHERE r.lot_id = %(lot)s"
    " AND r.verdict <> 'i')"
)
_WRITTEN = (
    "(SELECT r.place + 1 AS number, r.serial, g.maker, g.model, g.verified_on FROM verification_lotresult r"
    " JOIN verification_lotgroup g ON g.id = r.group_id WHERE r.lot_id = %(lot)s AND r.verdict <> 'i')"
)
_MET = {
    HELD: gettext_noop("preserved for a dispute; no date is entered until it ends: %(count)s (rows %(rows)s)"),
    OUT_OF_USE: gettext_noop("out of use on the day of test; no date is entered: %(count)s (rows %(rows)s)"),
}


@dataclass(frozen=True)
class Met:
    """Meters of a lot that the ledger will not date: why, how many, the first rows, the serial number of one."""

    bar: str
    count: int
    rows: list[int]
    serial: str

    @property
    def words(self) -> str:
        """Why, how many, and in which rows."""
        rows = listed(self.rows) + (" …" if self.count > len(self.rows) else "")
        return _(_MET[self.bar]) % {"count": self.count, "rows": rows}


def met_in(lot: Lot) -> list[Met]:
    """The meters of a lot that are preserved for a dispute or were out of use, by row; once submitted, by place."""
    source = _STAGED if lot.state == "checked" else _WRITTEN
    text = statement("met").format(barred=BARRED.format(day="f.verified_on"), source=source)
    with connection.cursor() as cursor:
        cursor.execute(text, {"lot": lot.pk, "items": family(lot.item)})
        return [Met(*row) for row in cursor.fetchall()]


def late_words(lot: Lot, today: date) -> str:
    """That tests of the lot are older than what is handed in without a reason, or at all; empty where they are not."""
    first = lot.first_on
    if first is None or today <= term_from(BOUND, first).day:
        return ""
    told = {"first": first, "by": term_from(BOUND, first).day, "latest": term_from(LATEST, first).day}
    if today > told["latest"]:
        return (
            _("Tests of %(first)s are handed in until %(latest)s at the latest; those meters are tested again.") % told
        )
    return _("Tests of %(first)s were to be handed in by %(by)s: state the reason when you submit.") % told


def require_in_time(lot: Lot, first: date, today: date, reason: str) -> None:
    """Refuse tests that are too old to be handed in, and those that want a reason without one."""
    latest, by = term_from(LATEST, first).day, term_from(BOUND, first).day
    if today > latest:
        raise Blocked(
            "lot_too_old",
            "Tests of %(first)s are handed in until %(latest)s at the latest. Leave those days out, and test the meters"
            " again.",
            first=first, latest=latest,
        )  # fmt: skip
    if today > by and not reason.strip():
        raise InputRefused(
            "lot_late", "Tests of %(first)s were to be handed in by %(by)s. State why they come later.", field="reason",
            first=first, by=by,
        )  # fmt: skip


def expired_at(lot: Lot, on: date) -> tuple[int, date | None]:
    """How many passed results of a written lot would have expired by a day, and the last of their days."""
    rows = lot.groups.filter(passed__gt=0, valid_until__lt=on)
    told = rows.aggregate(count=Sum("passed"), last=Max("valid_until"))
    return told["count"] or 0, told["last"]


def expired_words(lot: Lot, on: date) -> str:
    """That results would be issued that have expired; empty where none has."""
    count, last = expired_at(lot, on)
    if not count:
        return ""
    return _("%(count)s results have expired when they are issued (the last on %(last)s): state the reason.") % {
        "count": count, "last": last
    }  # fmt: skip


def require_reason_for_expired(lot: Lot, on: date, reason: str) -> None:
    """Refuse to issue what has expired already without a reason."""
    count, last = expired_at(lot, on)
    if count and not reason.strip():
        raise InputRefused(
            "lot_expired",
            "%(count)s results have expired when they are issued (the last on %(last)s). State why they are issued.",
            field="reason", count=count, last=last,
        )  # fmt: skip
