"""What an authority sends to the parties of an arbitration: the notice with day and place, and the result."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.verification.models import Arbitration
from hengliang.platform.verification.papers.fill import Sheet, filled
from hengliang.platform.verification.papers.layout import layout_of
from hengliang.platform.verification.papers.sheet import sheet_pdf
from hengliang.platform.verification.papers.slips import PAPER_LANGUAGE


def arbitration_pdf(case: Arbitration, paper: str) -> bytes:
    """The notice (`notice`) or the result (`result`) of an arbitration.

    Errors: `PaperIncomplete`; `Refused` for the result before it is decided.
    """
    with override(PAPER_LANGUAGE):
        sheet = arbitration_sheet(case, paper)
    return sheet_pdf(sheet, link=f"{settings.PUBLIC_URL}/verification/arbitrations/{case.pk}/")


def arbitration_sheet(case: Arbitration, paper: str) -> Sheet:
    """What the paper says."""
    layout = layout_of(f"arbitration-{paper}", case.asked_on)
    return filled(layout, number=case.number, body=_authority(case), values=_shared(case) | PAPERS[paper](case))


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
    record = case.task.records.filter(state="approved").order_by("-pk").first()
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


PAPERS: Mapping[str, Callable[[Arbitration], dict[str, str]]] = {"notice": _notice, "result": _result}
