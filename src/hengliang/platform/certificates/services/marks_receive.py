"""A body receives a batch of numbered marks."""

from datetime import date

from django.db import IntegrityError, transaction

from hengliang.platform.certificates.marks.kinds import mark_kind
from hengliang.platform.certificates.marks.numbers import run_of
from hengliang.platform.certificates.models import MarkBatch, MarkSeries
from hengliang.platform.certificates.services.stock_moves import require_day
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation


def marks_receive(
    *, actor: Actor, body: Organisation, kind: str, first: str, last: str, on: date | None = None, supplier: str = "",
    document: str = "",
) -> MarkBatch:  # fmt: skip
    """Take a batch of numbers into the store of a body.

    first, last : the numbers as they are printed on the first and the last mark
    Errors: `InputRefused` for numbers that can't be read, or that were received before.
    """
    permit(actor, "marks_receive", organisations=[body.pk], region_id=body.region_id)
    on = on or actor.today
    require_day(actor, on)
    mark_kind(kind, on)
    number, (low, high) = run_of(first, last)
    with perform(actor, "marks_receive", on=on, organisation_id=body.pk, region_id=body.region_id) as act:
        known = {"body": body, "kind": kind, "prefix": number.prefix, "width": number.width}
        series, _new = MarkSeries.objects.get_or_create(**known, defaults={"act": act})
        try:
            with transaction.atomic():
                made = MarkBatch.objects.create(
                    act=act, series=series, first=low, last=high, received_on=on, supplier=supplier.strip(),
                    document=document.strip(),
                )  # fmt: skip
        except IntegrityError as fault:
            raise InputRefused(
                "marks_received_before", "Some of these numbers were received before: no number stands twice.",
                field="first",
            ) from fault  # fmt: skip
        act.subject = made
        act.content = {"kind": kind, "first": series.printed(low), "last": series.printed(high)}
    return made
