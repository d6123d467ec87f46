"""Whether two devices differ about what became a record: until a person has decided, nobody signs it."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from hengliang.platform.core.errors import Blocked
from hengliang.platform.verification.models import FieldEntry, Record, Round, RoundSettlement
from hengliang.platform.verification.rounds.merge import Choice, merged
from hengliang.platform.verification.rounds.standing import said_of


def contest_of(record: Record) -> Round | None:
    """The round in which devices differ about the record's task and nobody has decided; None where they agree."""
    own = FieldEntry.objects.filter(Q(record=record) | Q(line__task=record.task_id))
    for round_id, subject in own.order_by("round", "subject").values_list("round", "subject").distinct():
        if _differ(round_id, subject):
            return Round.objects.get(pk=round_id)
    return None


def require_uncontested(record: Record) -> None:
    """Refuse to sign or issue what two devices tell differently.

    Errors: `Blocked` naming the round, whose page has both sides and the act that settles it.
    """
    found = contest_of(record)
    if found is not None:
        raise Blocked(
            "record_contested",
            "Two devices of round %(round)s differ about record %(number)s. Decide there which entry holds; until then "
            "it is not reviewed, approved or issued.",
            round=found.number, number=record.number, url=conflict_page(found),
        )  # fmt: skip


def conflict_page(shown: Round) -> str:
    """Where the conflicts of a round stand side by side."""
    return f"{reverse('verification:round', args=[shown.pk])}#conflicts"


def _differ(round_id: int, subject: str) -> bool:
    entries = FieldEntry.objects.filter(round=round_id, subject=subject).order_by("pk")
    outcome = merged(map(said_of, entries), _choices(round_id, subject)).get(subject)
    return outcome is not None and bool(outcome.open)


def _choices(round_id: int, subject: str) -> Iterable[Choice]:
    rows = RoundSettlement.objects.filter(round=round_id, subject=subject).select_related("chosen").order_by("pk")
    return [Choice(said_of(row.chosen), frozenset(row.among)) for row in rows]
