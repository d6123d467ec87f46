"""Statistics of a period are prepared: what the rows say that day, frozen under its hash."""

from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act, Region
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.models import Organisation
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.supervision.models import StatisticsReturn
from hengliang.platform.supervision.states import RETURN
from hengliang.platform.supervision.statistics import FORMS, Period, Scope, compute, form_of
from hengliang.platform.supervision.statistics.populations import BY
from hengliang.trust.canonical import write


def statistics_prepare(
    *, actor: Actor, kind: str, period: Period, by: str, body: Organisation | None = None, region: Region | None = None
) -> StatisticsReturn:
    """Prepare the form of a period that is over, of a body or of a region with all below it.

    Errors: `InputRefused` for an unknown form or a period that is not over; `Refused` where it stands already.
    """
    if kind not in FORMS or by not in BY or (body is None) == (region is None):
        raise InputRefused("unknown_form", "Choose a form, its rows, and whose statistics it is.", field="form")
    permit(
        actor, "statistics_prepare", organisations=[body.pk if body else None], region_id=region.pk if region else None
    )
    if period.end >= actor.today:
        raise InputRefused(
            "period_not_over", "The period ends on %(end)s; prepare the form after that day.", field="period",
            end=period.end,
        )  # fmt: skip
    scope = Scope(regions_under([region.pk], period.end) if region else None, [body.pk] if body else None)
    table = compute(form_of(kind, period.end), scope, period, by)
    content = table.as_data()
    with perform(
        actor, "statistics_prepare", organisation_id=body.pk if body else None, region_id=region.pk if region else None
    ) as act:
        act.subject = made = _write(
            act, form=table.form.norm, edition=table.form.edition, starts_on=period.start, ends_on=period.end, by=by,
            body=body, region=region, content=content, sha256=digest(content), prepared_by=person_of(actor),
            prepared_on=actor.today,
        )  # fmt: skip
        act.content = {"form": made.form, "period": period.words, "sha256": made.sha256}
    return made


def digest(content: dict[str, Any]) -> str:
    """The hash of a content, as the log has it."""
    return sha256(write(content)).hexdigest()


def _write(act: Act, **facts: Any) -> StatisticsReturn:
    try:
        with transaction.atomic():
            made = StatisticsReturn.objects.create(act=act, state=RETURN.states[0].code, **facts)
    except IntegrityError:
        raise Refused(
            "return_stands", "This form stands for the period already. Withdraw it, or have it sent back, first."
        ) from None
    enter(RETURN, made, act)
    return made
