import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile, File

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.services import attachment_add
from hengliang.platform.core.transitions import enter
from hengliang.platform.plan.models import Plan
from hengliang.platform.plan.services.bounds import last_day, refuse_term
from hengliang.platform.plan.services.reading import read_document, refuse_large, write_found
from hengliang.platform.plan.states import PLAN

if TYPE_CHECKING:
    from hengliang.policy import PolicyDocument

_PERIOD = re.compile(r"(20\d\d)年?\s*[-—–~～至到]{1,2}\s*20\d\d年?")
_KEPT = (b"%PDF-", b"PK\x03\x04")


def plan_import(
    *,
    actor: Actor,
    region: Region,
    file: "File[bytes] | None" = None,
    text: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Plan:
    """A draft plan of what the program finds in a document; the file, where it is PDF or DOCX, is kept beside it.

    Errors: `InputRefused` for what can't be read, with the way out.
    """
    permit(actor, "plan_import", region_id=region.pk)
    if file is not None:
        refuse_large(file.size or 0)
    content = file.read() if file is not None else None
    document = read_document(content, text)
    begins, ends = _term(document, starts_on, ends_on, actor.today)
    with perform(actor, "plan_import", region_id=region.pk) as act:
        act.subject = plan = Plan.objects.create(
            act=act, region=region, title=(document.title or "")[:300] or "—", issuer=(document.issuer or "")[:200],
            issued_on=document.date, starts_on=begins, ends_on=ends, text=document.text,
            file_name=_name(file), sha256=hashlib.sha256(content or text.encode()).hexdigest(),
            encoding=document.encoding[:40], found=_found(document), state=PLAN.states[0].code,
        )  # fmt: skip
        enter(PLAN, plan, act)
        write_found(plan, document, act)
        if content is not None and content.startswith(_KEPT):
            attachment_add(act=act, subject=plan, file=ContentFile(content, name=_name(file)))
        act.content = {"title": plan.title, "sha256": plan.sha256, "targets": len(document.targets),
                       "milestones": len(document.milestones), "clauses": len(document.clauses)}  # fmt: skip
    return plan


def _name(file: "File[bytes] | None") -> str:
    return (file.name or "").replace("\\", "/").rpartition("/")[2][:255] if file is not None else ""


def _term(document: "PolicyDocument", starts_on: date | None, ends_on: date | None, today: date) -> tuple[date, date]:
    """The years of its title, or of its own words on its term; else from its own day to its last deadline."""
    from hengliang.policy.horizon import horizon

    days = [one.deadline for one in document.targets if one.deadline is not None]
    days += [one.deadline for one in document.milestones]
    earliest = min([today, *(day.replace(month=1, day=1) for day in days)])
    begins = starts_on or _named(document.title or "") or document.date or earliest
    own = horizon(document.title, document.text)
    likely = [day for day in ([own] if own and own > begins else days) if begins < day <= last_day(begins)]
    ends = ends_on or max(likely, default=date(begins.year + 5, 12, 31))
    refuse_term(begins, ends)
    return begins, ends


def _named(title: str) -> date | None:
    """1 January of the first year of a period in the title: 2024—2027年."""
    period = _PERIOD.search(title)
    return date(int(period.group(1)), 1, 1) if period else None


def _found(document: "PolicyDocument") -> dict[str, object]:
    def told(rest: object) -> list[dict[str, object]]:
        return [
            {"text": one.text, "reason": one.reason, "start": one.start, "end": one.end}
            for one in rest  # type: ignore[attr-defined]
        ]

    return {
        "repairs": [{"kind": one.kind, "count": one.count} for one in document.repairs],
        "unparsed": told(document.unparsed),
        "refused": told(document.refused),
        "region": document.region or "",
    }
