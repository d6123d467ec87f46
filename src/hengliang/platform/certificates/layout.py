"""The lines of a certificate as they stand on paper, in the reader's language, from its frozen content."""

from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.certificates.models import VALUES_ONLY, Certificate
from hengliang.platform.certificates.values import places_of, titled, value_head, value_notes, value_rows
from hengliang.platform.core.listed import listed
from hengliang.platform.registry.codes import spaced
from hengliang.platform.verification.models import VerificationRegime
from hengliang.platform.verification.verdicts import judged_lines, reason_words, signed, verdict_words


def page_model(content: dict[str, Any]) -> dict[str, Any]:
    """Title, labelled lines of the cover, and the table of results of the inner page."""
    values_only = content["conclusion"]["passed"] is None
    return {
        "title": str(Certificate.Kind(content["kind"]).label),
        "number": content["number"],
        "number_label": _("No."),
        "body": content["body"]["name"],
        "body_lines": _labelled(
            (_("Authorisation"), content["body"]["authorisation"]),
            (_("Address"), content["body"]["address"] or content["body"]["region"]),
        ),
        "lines": _cover(content),
        "signatures": _signatures(content),
        "dates": dates_of(content),
        "inner_title": _("Method and results") if values_only else _("Basis and results"),
        "basis": _basis(content),
        "standards_head": [_("Measurement standard"), _("Range and uncertainty"), _("Certificate (valid until)")],
        "standards": _standards(content),
        "results_head": value_head(content) if values_only else [_("Item"), _("Found"), _("Limit"), _("Verdict")],
        "results": value_rows(content) if values_only else _results(content),
        "notes": value_notes(content) if values_only else [],
        "end": _("End of the document"),
        "training": _("For training only"),
        "scan": _("Scan to check"),
        "page": _("Page {page} of {pages}"),
    }


def evidence_words(receipt: str) -> list[str]:
    """What the document says about its own evidence; `receipt` is where to fetch the receipt that it lacks."""
    attached = _("The attached certificate.xml is the digital certificate; this page shows it.")
    if not receipt:
        return [attached, _("It carries the receipt of its entry in the public log.")]
    return [
        attached,
        _("The log had not published its entry when this document was made. The receipt: %(link)s") % {"link": receipt},
    ]


def _labelled(*pairs: tuple[str, Any]) -> list[list[str]]:
    return [[label, str(value)] for label, value in pairs if value not in (None, "")]


def _cover(content: dict[str, Any]) -> list[list[str]]:
    instrument, values_only = content["instrument"], content["kind"] in VALUES_ONLY
    return _labelled(
        (_("Applicant"), content["applicant"]["name"]),
        *([(_("Address of the applicant"), content["applicant"]["address"])] if values_only else []),
        (_("Name of the instrument"), instrument["name"]),
        (_("Model"), instrument["model"]),
        (_("Serial number"), instrument["serial_number"]),
        (_("Manufacturer"), instrument["manufacturer"]),
        (_("Accuracy class"), instrument["accuracy_class"]),
        (_("Code"), spaced(instrument["code"])),
        (_("Conclusion"), conclusion_words(content["conclusion"], content["titles"])),
        (_("Replaces certificate"), content.get("replaces", {}).get("number")),
        *_dispute(content),
    )


def _dispute(content: dict[str, Any]) -> list[tuple[str, Any]]:
    """The dispute that was decided, and who of its parties was there."""
    found = content.get("dispute")
    if not found:
        return []
    names = {"claimant": _("Claimant"), "respondent": _("Respondent")}
    parties = [
        (names[party["side"]], f"{party['name']}（{_('present') if party['present'] else _('called, absent')}）")
        for party in found["parties"]
    ]
    return [(_("Arbitration"), found["number"]), *parties]


def conclusion_words(conclusion: dict[str, Any], titles: dict[str, Any]) -> str:
    """The conclusion in words: pass with its class, or fail with the items that failed; empty where there is none."""
    if conclusion["passed"] is None:
        return ""
    if conclusion["passed"]:
        found = conclusion.get("accuracy_class")
        return _("Pass, class %(found)s") % {"found": found} if found else _("Pass")
    failed = listed(titled(titles, item) for item in conclusion["failed_items"])
    return _("Fail: %(items)s") % {"items": failed} if failed else _("Fail")


def _signatures(content: dict[str, Any]) -> list[list[str]]:
    signatures = content["signatures"]
    did = {"calibration": _("Calibrated by"), "report": _("Tested by")}.get(content["kind"], _("Verified by"))
    return [
        [_("Approved by"), signatures["approved_by"]],
        [_("Reviewed by"), signatures["reviewed_by"]],
        [did, signatures["verified_by"]],
    ]


def dates_of(content: dict[str, Any]) -> list[list[str]]:
    """When it was done and until when it holds, in the words of its kind."""
    kind, until = content["kind"], content.get("valid_until")
    if kind in VALUES_ONLY:
        done = _("Calibrated on") if kind == "calibration" else _("Tested on")
        issued = (_("Date of issue"), content["issued_on"])  # 17025 asks for both days, 7.8.2.1 i) and j)
        return _labelled((done, content["verified_on"]), issued, (_("Next calibration, as agreed"), until))
    return _labelled((_("Verified on"), content["verified_on"]), (_("Valid until"), until))


def _basis(content: dict[str, Any]) -> list[list[str]]:
    rule, values_only = content["rule"], content["kind"] in VALUES_ONLY
    regime = "" if values_only else VerificationRegime(content["regime"]).label
    return _labelled(
        (_("Method") if values_only else _("Regulation"), rule["document"]),
        (_("Rule as used"), f"{rule['id']} {rule['edition']} #{rule['hash'][:12]}"),
        (_("Kind of verification"), regime),
        (_("Original record"), content["record"]),
        (_("Place of calibration or test") if values_only else _("Place of verification"), content["place"]),
        (_("Environmental conditions"), conditions_words(content.get("conditions") or {})),
    )


def conditions_words(read: dict[str, Any]) -> str:
    """Temperature, humidity and what else was read of the environment; empty where nobody entered it."""
    if not read:
        return ""
    said = _("%(temperature)s °C, relative humidity %(humidity)s %%") % {
        "temperature": signed(read["temperature"]),
        "humidity": read["humidity"],
    }
    return "；".join(filter(None, [said, read["other"]]))


def _standards(content: dict[str, Any]) -> list[list[str]]:
    return [
        [
            standard["name"],
            " ".join(filter(None, [standard["measuring_range"], standard["uncertainty"]])),
            "；".join(f"{paper['number']}（{paper['valid_until'] or '—'}）" for paper in standard["certificates"]),
        ]
        for standard in content["standards"]
    ]


def _results(content: dict[str, Any]) -> list[list[str]]:
    return [row for item in content["results"]["items"] for row in _rows_of(content, item)]


def _rows_of(content: dict[str, Any], item: dict[str, Any]) -> list[list[str]]:
    """The points of an item that a limit judges, each named by where it was measured; else one row for the item."""
    measured = [p for p in item.get("points") or [] if p.get("low") is not None or p.get("high") is not None]
    if not measured:
        title = titled(content["titles"], item["item"])
        return [[title, reason_words(item.get("reason")), "", verdict_words(item["verdict"])]]
    lines = judged_lines({"unit": "", "reason": None, **item, "points": measured}, "", {})
    return [
        [name, line["found"], line["limit"], line["words"]]
        for name, line in zip(places_of(content, item, measured), lines, strict=True)
    ]
