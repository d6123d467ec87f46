"""The lines of a certificate as they stand on paper, in the reader's language, from its frozen content."""

from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.certificates.models import VALUES_ONLY, Certificate
from hengliang.platform.certificates.values import titled, value_head, value_notes, value_rows
from hengliang.platform.registry.codes import spaced
from hengliang.platform.verification.models import VerificationRegime


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
            (_("Address"), content["body"]["address"]),
        ),
        "lines": _cover(content),
        "signatures": _signatures(content),
        "dates": dates_of(content),
        "inner_title": _("Method and results") if values_only else _("Basis and results"),
        "basis": _basis(content),
        "standards": _standards(content),
        "results_head": value_head(content) if values_only else [_("Item"), _("Found"), _("Limit"), _("Verdict")],
        "results": value_rows(content) if values_only else _results(content),
        "notes": value_notes(content) if values_only else [],
        "end": _("End of the document"),
        "training": _("For training only"),
        "scan": _("Scan to check"),
        "page": _("Page"),
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
    instrument = content["instrument"]
    return _labelled(
        (_("Applicant"), content["applicant"]["name"]),
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
    failed = "、".join(titled(titles, item) for item in conclusion["failed_items"])
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
        return _labelled((done, content["verified_on"]), (_("Next calibration, as agreed"), until))
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
    )


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
    return [row for item in content["results"]["items"] for row in _rows_of(item, content["titles"])]


def _rows_of(item: dict[str, Any], titles: dict[str, Any]) -> list[list[str]]:
    words = {
        "pass": _("Pass"),
        "fail": _("Fail"),
        "not_applicable": _("Not applicable"),
        "indeterminate": _("Indeterminate"),
    }
    title, unit = titled(titles, item["item"]), item.get("unit") or ""
    measured = [p for p in item.get("points") or [] if p.get("low") is not None or p.get("high") is not None]
    if not measured:
        return [[title, item.get("reason") or "", "", words[item["verdict"]]]]
    return [[_where(title, p), _with_unit(p["rounded"], unit), _limit(p, unit), words[p["verdict"]]] for p in measured]


def _where(title: str, point: dict[str, Any]) -> str:
    place = " ".join(str(point[key]) for key in ("part", "point") if point.get(key))
    return f"{title} {place}".strip()


def _with_unit(value: Any, unit: str) -> str:
    return f"{value}\u2009{unit}" if value not in (None, "") and unit not in ("", "1") else str(value or "")


def _limit(point: dict[str, Any], unit: str) -> str:
    low, high = point.get("low"), point.get("high")
    if low is None or high is None:
        return _with_unit(f"≤ {high}" if low is None else f"≥ {low}", unit)
    symmetric = str(low).lstrip("-") == str(high)
    return _with_unit(f"±{high}" if symmetric else f"{low} … {high}", unit)
