"""The report of an assessment as a DOCX document: figures as frozen, opinions, practices, conclusion."""

import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hengliang.platform.core.pages.looks import look_of
from hengliang.platform.plan.looks import look_key
from hengliang.platform.plan.models import PlanAssessment
from hengliang.platform.plan.selectors.assessments import Assessed, assessed
from hengliang.platform.plan.words import demand_words

if TYPE_CHECKING:
    import docx


def assessment_docx(shown: PlanAssessment) -> bytes:
    """The report in the language of the reader; the figures carry the hash of their snapshot."""
    from docx import Document  # 0.2 s to import: only who writes a report pays

    document = Document()
    document.add_heading(f"{shown.plan.title} {shown.get_kind_display()}", 0)
    snapshot = shown.snapshot
    document.add_paragraph(f"{_('Assessor')}: {shown.assessor.name}")
    document.add_paragraph(f"{_('Snapshot')}: {snapshot.title}, {snapshot.on:%Y-%m-%d}, SHA-256 {snapshot.digest}")
    _table(document, assessed(shown))
    _part(document, _("Typical practices"), [f"{one.title} ({one.unit})\n{one.text}" for one in shown.practices.all()])
    _part(document, _("Conclusion"), [shown.conclusion])
    _part(document, _("Advice"), [shown.advice])
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _table(document: "docx.document.Document", rows: list[Assessed]) -> None:
    document.add_heading(_("Targets"), 1)
    heads = (_("Target"), _("Demand"), _("Value"), _("State"), _("Rating"), _("Opinion"))
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = str(text)
    for one in rows:
        for cell, text in zip(table.add_row().cells, _cells(one), strict=True):
            cell.text = str(text)


def _cells(one: Assessed) -> tuple[str, ...]:
    figure, opinion = one.figure, one.opinion
    value = "–" if figure.value is None else f"{figure.value.normalize():f} {figure.target.unit}"
    state = str(look_of(look_key(figure.status)).words)
    told = (opinion.get_grade_display(), opinion.opinion) if opinion else ("–", "–")
    return (figure.demand["metric"], demand_words(figure.target), value, state, *told)


def _part(document: "docx.document.Document", title: str, texts: list[str]) -> None:
    document.add_heading(title, 1)
    for text in texts or ["–"]:
        document.add_paragraph(text or "–")
