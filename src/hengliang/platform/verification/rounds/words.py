"""The states of a round's instruments in words, and what stands in the way of a record."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.core.pages.looks import Look
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.models import FieldEntry, Round
from hengliang.platform.verification.rounds.standing import Subject

LOOKS = {
    "open": Look(gettext_lazy("Not done yet"), "neutral"),
    "conflict": Look(gettext_lazy("Two devices differ"), "bad"),
    "held": Look(gettext_lazy("Held, see why"), "warning"),
    "measured": Look(gettext_lazy("Measured, no record yet"), "pending"),
    "failed": Look(gettext_lazy("Failed"), "bad"),
    "passed": Look(gettext_lazy("Passed"), "good"),
    "absent": Look(gettext_lazy("Stall absent"), "muted"),
    "refused": Look(gettext_lazy("Refused by the user"), "warning"),
    "not_found": Look(gettext_lazy("Instrument not found"), "open"),
    "unknown": Look(gettext_lazy("Not in the ledger"), "open"),
}


def asked_by(shown: Round) -> list[tuple[str, str]]:
    """Who wanted the round: the organiser or user that asked for it; of a planned one who planned it, and for whom."""
    organiser = shown.organiser.name if shown.organiser else ""
    if shown.act.kind != "round_plan":
        return [(_("Asked for by"), organiser)]
    return [(_("Planned by"), shown.act.account_name), *([(_("Organiser"), organiser)] if organiser else [])]


def state_words(state: str) -> str:
    """A state in the reader's language."""
    return str(LOOKS[state].words)


def held_words(entry: FieldEntry) -> str:
    """What stands in the way of a record, in the reader's language where the sentence is known."""
    held: dict[str, Any] = entry.held
    try:
        return str(_(held["template"]) % held["params"])
    except (KeyError, TypeError, ValueError):
        return str(held.get("words", ""))


def subject_words(subject: Subject) -> str:
    """The state, and with it the reason where something stands in the way."""
    words = state_words(subject.state)
    if subject.in_the_way is not None:
        return _("%(state)s: %(why)s") % {"state": words, "why": held_words(subject.in_the_way)}
    return words


def unknown_words(entry: FieldEntry) -> str:
    """What a verifier wrote down of an instrument that no ledger knows."""
    told: dict[str, Any] = entry.content.get("unknown") or {}
    return " · ".join(str(told[key]) for key in ("name", "model", "serial", "maker", "stall", "user") if told.get(key))


def subject_title(subject: Subject) -> str:
    """Where it stands, what it is, its serial number and code."""
    if subject.line is not None:
        one = subject.line.instrument
        return " · ".join(filter(None, [subject.line.stall, spoken(one.name), one.serial_number, one.printed_code]))
    met = subject.speaks or next(iter(subject.open), None)
    return unknown_words(met) if met is not None else subject.key.removeprefix("unknown:").replace(":", " · ")
