"""The original record on A4: every cell as it was entered, the limits, the rule, the standards, the three names."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hengliang.platform.core.models import day_before
from hengliang.platform.core.pages.grid import Grid as EntryGrid
from hengliang.platform.core.pages.words import titled
from hengliang.platform.standards.models import StandardCertificate
from hengliang.platform.verification.decisions import concluded_items
from hengliang.platform.verification.entry import filled_grid, sections_of
from hengliang.platform.verification.jobs import job_title
from hengliang.platform.verification.models import Conditions, Record
from hengliang.platform.verification.papers.fill import EMPTY, Grid, Sheet, filled
from hengliang.platform.verification.papers.layout import layout_of
from hengliang.platform.verification.papers.sheet import sheet_pdf
from hengliang.platform.verification.papers.slips import PAPER_LANGUAGE
from hengliang.platform.verification.places import places_by_item
from hengliang.platform.verification.rules import rule_as_used, unapproved
from hengliang.platform.verification.stated import joined
from hengliang.platform.verification.statements import decision_words, stated_lines, value_head
from hengliang.platform.verification.verdicts import judged_lines, verdict_words

HASH_SHOWN = 16


def original_pdf(record: Record) -> bytes:
    """The original record as PDF/A; watermarked while its rule is a draft, and when it no longer stands.

    Errors: `PaperIncomplete`.
    """
    return sheet_pdf(original_sheet(record), link=f"{settings.PUBLIC_URL}/verification/records/{record.pk}/")


def original_sheet(record: Record) -> Sheet:
    """What the paper of a record says."""
    with override(PAPER_LANGUAGE):
        return filled(
            layout_of("original-record", record.verified_on),
            number=record.number,
            body=record.task.placed_body.name,
            values=_values(record),
            rows=[_standard(record, standard) for standard in record.standards.order_by("pk")],
            tables=[*_measured(record), *_judged(record), *_corrected(record)],
            mark=_mark(record),
        )


def _values(record: Record) -> dict[str, str]:
    task, instrument, judgement = record.task, record.task.instrument, record.judgement
    conditions = Conditions.objects.filter(record=record).order_by("-pk").first()
    verdict = judgement["verdict"]
    return {
        "owner": task.owner.name,
        "name": instrument.name,
        "model": instrument.model,
        "serial_number": instrument.serial_number,
        "manufacturer": instrument.manufacturer,
        "code": instrument.printed_code,
        "job": job_title(record.job, record.verified_on),
        "regime": str(record.get_regime_display()),
        "verified_on": record.verified_on.isoformat(),
        "place": (conditions.place if conditions else "") or record.place,
        "temperature": str(conditions.temperature) if conditions else "",
        "humidity": str(conditions.humidity) if conditions else "",
        "other": conditions.other if conditions else "",
        "document": judgement["document"],
        "edition": f"{record.procedure} {record.edition} #{record.rule_id.removeprefix('sha256:')[:HASH_SHOWN]}",
        "conclusion": " ".join(filter(None, [verdict_words(verdict) if verdict else "", _class(judgement)])),
        "state": str(record.get_state_display()),
        "verifier": record.verifier.name,
        "reviewer": record.reviewer.name if record.reviewer else "",
        "approver": record.approver.name if record.approver else "",
    }


def _class(judgement: dict[str, Any]) -> str:
    return _("class %(found)s") % {"found": judgement["accuracy_class"]} if judgement.get("accuracy_class") else ""


def _standard(record: Record, standard: Any) -> dict[str, str]:
    papers = StandardCertificate.objects.on(record.verified_on).filter(standard=standard).order_by("kind", "pk")
    return {
        "standard": standard.name,
        "range": standard.measuring_range,
        "uncertainty": standard.uncertainty,
        "papers": "；".join(f"{one.number}（{day_before(one.valid_to) if one.valid_to else '—'}）" for one in papers),
    }


def _measured(record: Record) -> Iterator[Grid]:
    """What was entered, section by section, as the entry form has it."""
    form = rule_as_used(record).form(record.regime)
    data = joined(record.data, record.uncertainty)
    sections = sections_of(form, data, data.get("parts") or (), concludes=record.passed is not None)
    for section in sections:
        grid = filled_grid(section, data)
        if grid.rows:
            yield _grid(grid)


def _grid(grid: EntryGrid) -> Grid:
    head = ["", *(f"{column.label}（{column.unit}）" if column.unit else str(column.label) for column in grid.columns)]
    rows = [[str(row.label), *(str(row.values.get(column.key, "")) for column in grid.columns)] for row in grid.rows]
    return Grid(str(grid.title), head, [1.0] * len(head), rows)


def _judged(record: Record) -> Iterator[Grid]:
    """What the rule made of it: found, limit, verdict; of a calibration or a test the values with their U."""
    if record.passed is None:
        yield from _stated(record)
        return
    titles = {item["id"]: titled(item["title"]) for item in record.rule.content.get("items", ())}
    points = {
        point["id"]: titled(point["title"])
        for item in record.rule.content.get("items", ()) for point in item.get("points", ())
    }  # fmt: skip
    places = places_by_item(record.rule.content, record.data.get("items") or {})
    lines = [
        line
        for item in concluded_items(record.judgement)
        for line in judged_lines(item, titles.get(item["item"], item["item"]), points, places.get(item["item"], ()))
    ]
    rows = [[line["title"], line["found"], line["limit"], str(line["words"])] for line in lines]
    if rows:
        yield Grid(_("Judgement"), [_("Item"), _("Found"), _("Limit"), _("Verdict")], [3, 2, 2, 1], rows)


def _stated(record: Record) -> Iterator[Grid]:
    """What a calibration or a test found, and what is stated of it by the rule that was agreed."""
    lines = stated_lines(record)
    decision = decision_words(record.judgement)
    shown = ("title", "found", "u", "limit", "words") if decision else ("title", "found", "u")
    rows = [[line[key] for key in shown] for line in lines]
    if rows:
        title = _("Results")
        if decision:
            title = _("%(title)s (decision rule: %(rule)s)") % {"title": title, "rule": decision}
        yield Grid(title, value_head(record.judgement), [3.0, *([2.0] * (len(shown) - 1))], rows)


def _corrected(record: Record) -> Iterator[Grid]:
    """What was corrected of the conditions after somebody had signed: by whom, confirmed by whom, why."""
    rows = [
        [
            one.proposed_on.isoformat(), str(one.temperature), str(one.humidity), one.other or EMPTY,
            one.place or EMPTY, one.reason, one.first.name, one.second.name if one.second else EMPTY,
        ]
        for one in record.addenda.filter(state="confirmed").select_related("first", "second").order_by("pk")
    ]  # fmt: skip
    if rows:
        head = [_("Day"), "℃", "%", _("Other conditions"), _("Place"), _("Reason"), _("Proposed by"), _("Confirmed by")]
        yield Grid(_("Conditions corrected"), head, [2, 1, 1, 2, 2, 3, 2, 2], rows)


def _mark(record: Record) -> str:
    if record.state in {"void", "sent_back"}:
        return str(record.get_state_display())
    return _("For training only") if unapproved(record) else ""
