"""The report of an accepted assessment, kept as bytes: what was accepted is what anybody reads ever after."""

from collections.abc import Callable

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import get_language, override

from hengliang.platform.core import attachments
from hengliang.platform.core.models import Act, Attachment
from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.core.services import attachment_add
from hengliang.platform.plan.models import PlanAssessment
from hengliang.platform.plan.reports.content import Report, report_of
from hengliang.platform.plan.reports.docx import report_docx
from hengliang.platform.plan.reports.pdf import report_pdf

WRITERS: dict[str, Callable[[Report], bytes]] = {"pdf": report_pdf, "docx": report_docx}


def report_keep(assessment: PlanAssessment, act: Act) -> list[Attachment]:
    """Write the report once in each language and kind of file, and attach it by the act that accepts it."""
    kept = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            report = report_of(assessment)
        for kind, written in WRITERS.items():
            file = ContentFile(written(report), name=_name_of(assessment, language, kind))
            kept.append(attachment_add(act=act, subject=assessment, file=file))
    return kept


def kept_report(assessment: PlanAssessment, kind: str) -> Attachment | None:
    """The report as it was accepted, in the reader's language; None before that, and for those accepted before reports
    were kept."""
    name = _name_of(assessment, get_language() or settings.LANGUAGE_CODE, kind)
    return attachments_of(assessment).filter(name=name).first()


def report_bytes(assessment: PlanAssessment, kind: str) -> bytes | None:
    """The report as a file: the kept bytes where there are any, else written from what is frozen; None where the kept
    bytes are gone or damaged, for nothing else may stand in their place."""
    kept = kept_report(assessment, kind)
    return attachments.read(kept) if kept else WRITERS[kind](report_of(assessment))


def _name_of(assessment: PlanAssessment, language: str, kind: str) -> str:
    return f"assessment-{assessment.pk}.{language}.{kind}"
