"""A sheet for an outside system: what was not sent yet, each row under a number of ours that its receipt will name."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.mapping import profile_of
from hengliang.platform.exchange.models import Dispatch, DispatchRow, OutsideSystem
from hengliang.platform.exchange.outbound import entries_to_send, entry_rows, result_rows, results_to_send
from hengliang.platform.exchange.port import Answer, Written, adapter_of
from hengliang.platform.exchange.services.batch_receive import refuse_closed
from hengliang.platform.exchange.services.one_at_a_time import hold_system

MOST_ROWS = 20_000


def dispatch_make(*, actor: Actor, system: OutsideSystem, kind: str, until: date | None = None) -> Dispatch:
    """Write what was not sent yet, up to and including a day (default: today).

    Errors: `NotPermitted`; `InputRefused` if there is nothing to send, or the mapping has no such sheet;
    `Refused` while a file of the system is taken in.
    """
    by = acting_for(actor, "dispatch_make", system)
    refuse_closed(system)
    day = until or actor.today
    profile, adapter = profile_of(system, actor.today), adapter_of(system.adapter)
    if kind not in profile.outbound:
        raise InputRefused(
            "kind_not_mapped", "The mapping of “%(system)s” has no such file. Add it, or choose another kind.",
            field="kind", system=system.name,
        )  # fmt: skip
    with transaction.atomic():
        hold_system(system)
        lines = _lines(system, actor, kind, day)
        if not lines:
            raise InputRefused("nothing_to_send", "There is nothing that was not sent yet.")
        number = Dispatch.objects.filter(system=system).count() + 1
        keys = [f"{system.code}-{number}-{at}" for at, _line in enumerate(lines, start=1)]
        rows = _rows(system, kind, lines, keys, actor.today)
        written = adapter.write(rows, profile, kind)
        with perform(actor, "dispatch_make", organisation_id=by, region_id=system.region_id) as act:
            act.subject = made = Dispatch.objects.create(
                act=act, system=system, organisation_id=by, kind=kind, until=day, rows=len(rows),
                file_name=f"{system.code}-{kind}-{actor.today.isoformat()}-{number}.{written.suffix}",
                content=written.content, sha256=written.sha256, profile_used=dict(profile.content),
            )  # fmt: skip
            act.tables = (DispatchRow,)
            _keep(act, made, lines, keys, written)
            act.content = {"system": system.code, "kind": kind, "rows": len(rows), "sha256": written.sha256}
    return made


def _lines(system: OutsideSystem, actor: Actor, kind: str, until: date) -> list[Any]:
    if kind == Dispatch.Kind.LEDGER:
        return list(entries_to_send(system, actor)[:MOST_ROWS])
    proofs = results_to_send(system, actor, until)
    return list(proofs.select_related("instrument__item", "owner", "body", "record")[:MOST_ROWS])


def _rows(
    system: OutsideSystem, kind: str, lines: Sequence[Any], keys: Sequence[str], on: date
) -> list[dict[str, str]]:
    if kind == Dispatch.Kind.LEDGER:
        return entry_rows(system, [one.instrument for one in lines], keys, on)
    return result_rows(system, lines, keys, on)


def _keep(act: Act, made: Dispatch, lines: Sequence[Any], keys: Sequence[str], written: Written) -> None:
    """The rows that were sent, with what was answered at once where the way of exchange answers."""
    answers: dict[str, Answer] = {answer.key: answer for answer in written.answers}
    by = {Dispatch.Kind.LEDGER: "discrepancy", Dispatch.Kind.RESULTS: "certificate"}[Dispatch.Kind(made.kind)]
    rows = []
    for number, (line, key) in enumerate(zip(lines, keys, strict=True), start=1):
        row = DispatchRow(
            act=act, dispatch=made, system=made.system, key=key, number=number, instrument_id=line.instrument_id,
            **{by: line},
        )  # fmt: skip
        if answer := answers.get(key):
            row.receipt = DispatchRow.Receipt.ACCEPTED if answer.accepted else DispatchRow.Receipt.REFUSED
            row.receipt_reason, row.answered_by = answer.reason[:500], act
        rows.append(row)
    DispatchRow.objects.bulk_create(rows, batch_size=2000)
