"""The papers of an arbitration: application or commission, notice with day and place, result, mediation agreement.

Source: 仲裁检定和计量调解办法, art. 7, 8, 12 and 16.
"""

from collections.abc import Callable, Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.verification.models import Arbitration, Record
from hengliang.platform.verification.papers.fill import Sheet, filled
from hengliang.platform.verification.papers.layout import layout_of
from hengliang.platform.verification.papers.sheet import sheet_pdf
from hengliang.platform.verification.papers.slips import PAPER_LANGUAGE
from hengliang.platform.verification.parties import decided_by

# Room to write by hand: one line, and a few.
LINE, LINES = "\u00a0", "\n".join(["\u00a0"] * 4)
# What is handed out empty, to be filled in by hand.
BLANKS = frozenset({"application", "commission"})


def arbitration_pdf(case: Arbitration, paper: str) -> bytes:
    """A paper of an arbitration, by its name in `PAPERS`.

    Errors: `PaperIncomplete`; `Refused` for the result before it is decided, for the agreement before it is recorded.
    """
    with override(PAPER_LANGUAGE):
        sheet = arbitration_sheet(case, paper)
    return sheet_pdf(sheet, link=f"{settings.PUBLIC_URL}/verification/arbitrations/{case.pk}/")


def arbitration_sheet(case: Arbitration, paper: str) -> Sheet:
    """What the paper says."""
    layout = layout_of(f"arbitration-{paper}", case.asked_on)
    return filled(layout, number=case.number, body=_authority(case), values=_shared(case) | PAPERS[paper](case))


def blank_pdf(paper: str, on: date) -> bytes:
    """An application or a commission to be filled in by hand: every place empty."""
    layout = layout_of(f"arbitration-{paper}", on)
    lines = [(slot.label, LINES if slot.name in {"dispute", "demand", "evidence"} else LINE) for slot in layout.fields]
    return sheet_pdf(
        Sheet(
            title=layout.title, number="", body="", lines=lines, terms=layout.terms, signs=layout.signs,
            foot=f"verification/paper-forms {layout.edition}",
        )
    )  # fmt: skip


def _authority(case: Arbitration) -> str:
    versions = RegionVersion.objects.on(case.asked_on).filter(region_id=case.seat_id)
    name = versions.values_list("name", flat=True).first()
    return _("Metrology authority of %(region)s") % {"region": name or ""}


def _shared(case: Arbitration) -> dict[str, str]:
    one, body = case.instrument, case.task.body
    return {
        "instrument": " ".join(filter(None, [one.name, one.model, one.serial_number])),
        "code": one.printed_code,
        "body": body.name if body else "",
    } | {party.side: party.name for party in case.parties.all()}


def _notice(case: Arbitration) -> dict[str, str]:
    return {
        "dispute": case.dispute, "asked_on": case.asked_on.isoformat(), "meets_on": case.meets_on.isoformat(),
        "place": case.place, "first": case.first.number if case.first else "",
        "notified_on": case.notified_on.isoformat() if case.notified_on else "",
    }  # fmt: skip


def _result(case: Arbitration) -> dict[str, str]:
    record = decided_by(case)
    if record is None or case.state in {"opened", "notified", "withdrawn"}:
        raise Refused("not_decided", "The result is printed once the arbitration is decided.")
    values = {
        "verified_on": record.verified_on.isoformat(), "record": record.number,
        "conclusion": _("passed") if record.passed else _("failed"),
        "standing": _("second and final") if case.is_second else _("first; a second may be applied for"),
    }  # fmt: skip
    for party in case.parties.all():
        values[f"{party.side}_on"] = party.result_on.isoformat() if party.result_on else ""
        values[f"{party.side}_by"] = party.second_by.isoformat() if party.second_by else ""
    return values


def _application(case: Arbitration) -> dict[str, str]:
    told = {"dispute": case.dispute, "demand": case.demand, "evidence": case.evidence}
    return _particulars(case) | told | {"asked_on": case.asked_on.isoformat()}


def _commission(case: Arbitration) -> dict[str, str]:
    if not case.commissioned_by:
        raise Refused("not_commissioned", "Nobody commissioned it: a party applied itself.")
    return _application(case) | {"commissioned_by": case.commissioned_by}


def _particulars(case: Arbitration) -> dict[str, str]:
    found = {f"{party.side}_address": party.address for party in case.parties.all()}
    return found | {f"{party.side}_representative": party.representative for party in case.parties.all()}


def _mediation(case: Arbitration) -> dict[str, str]:
    found = case.mediations.filter(state="agreed").select_related("basis").first()
    if found is None or case.agreed_on is None or found.perform_by is None:
        raise Refused("not_agreed", "The agreement is printed once it is recorded.")
    how = _("in writing") if found.written else _("by word of mouth")
    values = {
        "asked": " ".join([found.begun_on.isoformat(), found.get_asked_by_display(), how]),
        "mediators": found.mediators, "facts": found.facts, "basis": basis_words(found.basis),
        "agreement": case.agreement, "perform_by": found.perform_by.isoformat(),
        "agreed_on": case.agreed_on.isoformat(),
    }  # fmt: skip
    for party in case.parties.all():
        values |= {f"{party.side}_bears": party.bears, f"{party.side}_signed": party.agreed_by}
    return _particulars(case) | values


def basis_words(record: Record | None) -> str:
    """The result on which an agreement rests, in words."""
    if record is None:
        return _("none: both parties agreed before the verification")
    told = {"day": record.verified_on, "number": record.number, "passed": _("passed") if record.passed else _("failed")}
    return _("%(passed)s on %(day)s, original record %(number)s") % told


PAPERS: Mapping[str, Callable[[Arbitration], dict[str, str]]] = {
    "application": _application,
    "commission": _commission,
    "notice": _notice,
    "result": _result,
    "mediation": _mediation,
}
