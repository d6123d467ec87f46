"""Ours stays and is sent; two entries are one; theirs is filed here; it is left for a time; it is looked at again."""

from datetime import date

from django.db import transaction

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.filing import file_from
from hengliang.platform.exchange.models import Discrepancy
from hengliang.platform.exchange.services.discrepancies_settle import (
    Pair,
    Settled,
    discrepancies_ignore,
    discrepancies_keep,
    link_each,
)
from hengliang.platform.exchange.services.settle import close, link_numbers, may_settle, settled
from hengliang.platform.registry.models import Instrument


def discrepancy_keep(*, actor: Actor, discrepancy: Discrepancy, reason: str) -> None:
    """Ours is right; the next sheet of ledger entries tells the other system.

    Errors: `Refused` for what is only there: there is nothing of ours to send.
    """
    _raised(discrepancies_keep(actor=actor, discrepancies=[discrepancy], reason=reason))


def discrepancy_link(
    *, actor: Actor, discrepancy: Discrepancy, instrument: Instrument, reason: str, value: str = ""
) -> None:
    """Their number and this instrument are one. `value` is needed for what is only here.

    Errors: `NotPermitted`; `InputRefused` without a number, or for an instrument out of sight.
    """
    pair = Pair(instrument, value.strip() or discrepancy.outside_id)
    _raised(link_each(actor, [discrepancy], {discrepancy.pk: pair}, reason))


def discrepancy_ignore(*, actor: Actor, discrepancy: Discrepancy, reason: str, until: date) -> None:
    """Leave it until a day; then it is to be settled again.

    Errors: `InputRefused` for a day that is not ahead.
    """
    _raised(discrepancies_ignore(actor=actor, discrepancies=[discrepancy], reason=reason, until=until))


def _raised(told: Settled) -> None:
    """Of one alone the refusal is raised."""
    for fault in told:
        if fault is not None:
            raise fault


def discrepancy_file(*, actor: Actor, discrepancy: Discrepancy, reason: str) -> Instrument:
    """File what is only there, with what the other system says of it, by the ledger's own import; and link the two.

    Errors: what the ledger refuses, in its words.
    """
    may_settle(actor, "discrepancy_file", discrepancy)
    if discrepancy.kind != Discrepancy.Kind.ONLY_THERE:
        raise Refused("here_already", "It is in the ledger already; link it, or leave it.")
    with transaction.atomic():
        instrument = file_from(actor, discrepancy)
        with settled(actor, "discrepancy_file", discrepancy, reason) as act:
            link_numbers(act, discrepancy, instrument, discrepancy.outside_id, act.on)
            act.content = {"instrument": instrument.code, "number": discrepancy.outside_id}
            close(discrepancy, act)
    return instrument


def discrepancy_reopen(*, actor: Actor, discrepancy: Discrepancy, reason: str) -> None:
    """It waits to be settled again.

    Errors: `Refused` where another difference about the same object waits already.
    """
    may_settle(actor, "discrepancy_reopen", discrepancy)
    others = Discrepancy.objects.filter(system=discrepancy.system, state__in=("open", "ignored"))
    others = others.exclude(pk=discrepancy.pk)
    by_instrument = discrepancy.instrument_id and others.filter(instrument=discrepancy.instrument_id).exists()
    if by_instrument or (discrepancy.outside_id and others.filter(outside_id=discrepancy.outside_id).exists()):
        raise Refused("open_already", "Another difference about the same instrument waits already; settle that one.")
    with settled(actor, "discrepancy_reopen", discrepancy, reason) as act:
        close(discrepancy, act)
