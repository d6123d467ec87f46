"""What ends or cancels marks on instruments without anybody being asked again: part of the act that causes it."""

from datetime import date

from django.db.models import Q, QuerySet

from hengliang.platform.certificates.marks.kinds import PROOF, mark_kinds
from hengliang.platform.certificates.models import Certificate, Mark
from hengliang.platform.certificates.states import MARK, ON_INSTRUMENT, TO_REMOVE
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move


def end_marks(actor: Actor, kind: str, marks: "QuerySet[Mark]", reason: str, *, on: date | None = None) -> None:
    """Move each of the marks by an act of its own, for a reason: the number of what causes it."""
    for mark in marks.select_for_update(of=("self",)).order_by("pk"):
        with perform(
            actor, kind, subject=mark, on=on, reason=reason, organisation_id=mark.body_id, region_id=mark.region_id
        ) as act:
            move(MARK, mark, act)
            act.content = {"number": mark.number, "kind": mark.kind, "by": reason}


def cancel_marks(actor: Actor, notice: Certificate) -> None:
    """An instrument failed: what proved its pass is to be removed; of a whole whose parts were judged singly, all but
    what stands on parts that passed.

    Source: 计量检定印、证管理办法 (1987), as the rule `verification/mark-kinds` has it.
    """
    kinds = [one.code for one in mark_kinds(notice.verified_on).values() if one.cancelled_by_failure]
    passed = [label for label, verdict in (notice.content["conclusion"]["parts"] or {}).items() if verdict == "pass"]
    carried = Mark.objects.carried_by(notice.instrument).filter(kind__in=kinds, state=ON_INSTRUMENT)
    former = carried.exclude(instrument__part_of=notice.instrument, instrument__part_label__in=passed)
    later = Q(certificate__verified_on__gt=notice.verified_on) | Q(record__verified_on__gt=notice.verified_on)
    end_marks(actor, "mark_cancel", former.exclude(later), notice.number, on=notice.verified_on)


def cancel_marks_of(actor: Actor, certificate: Certificate) -> None:
    """A certificate is withdrawn: the marks that stand for it prove nothing any more."""
    kinds = [one.code for one in mark_kinds(certificate.verified_on).values() if one.role == PROOF]
    end_marks(actor, "mark_cancel", certificate.marks.filter(kind__in=kinds, state=ON_INSTRUMENT), certificate.number)


def revive_marks(actor: Actor, notice: Certificate) -> None:
    """What a notice cancelled that does not stand any more is good again, as far as nobody has taken it off."""
    causes = Act.objects.filter(kind="mark_cancel", organisation_id=notice.body_id, reason=notice.number)
    keys = [int(pk) for pk in causes.values_list("subject_id", flat=True)]
    end_marks(actor, "mark_revive", Mark.objects.filter(pk__in=keys, state=TO_REMOVE), notice.number)


def attach_marks(certificate: Certificate) -> None:
    """The marks that were put on with a record, or on the spot before there was one, stand for its certificate."""
    rows = Mark.objects.carried_by(certificate.instrument).filter(body_id=certificate.body_id)
    rows.filter(record=certificate.record_id).update(certificate=certificate)
    if certificate.kind == Certificate.Kind.NOTICE:
        return
    days = {"on__gte": certificate.verified_on, "on__lte": certificate.issued_on}
    rows.filter(record=None, certificate=None, state=ON_INSTRUMENT, **days).update(certificate=certificate)
    if certificate.replaces_id is not None:
        rows.filter(certificate=certificate.replaces_id).update(certificate=certificate)
