"""Ours stays and is sent; two entries are one; theirs is filed here; it is left for a time; it is looked at again."""

from datetime import date

from django.db import transaction

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.filing import file_from
from hengliang.platform.exchange.models import Discrepancy
from hengliang.platform.exchange.services.settle import (
    close,
    instrument_not_seen,
    kept_of,
    link_numbers,
    may_settle,
    number_missing,
    refuse_day_not_ahead,
    refuse_nothing_to_send,
    settled,
)
from hengliang.platform.registry.models import Instrument, InstrumentState


def discrepancy_keep(*, actor: Actor, discrepancy: Discrepancy, reason: str) -> None:
    """Ours is right; the next sheet of ledger entries tells the other system.

    Errors: `Refused` for what is only there: there is nothing of ours to send.
    """
    may_settle(actor, "discrepancy_keep", discrepancy)
    refuse_nothing_to_send(discrepancy)
    with settled(actor, "discrepancy_keep", discrepancy, reason) as act:
        act.content = kept_of(discrepancy)
        close(discrepancy, act)


def discrepancy_link(
    *, actor: Actor, discrepancy: Discrepancy, instrument: Instrument, reason: str, value: str = ""
) -> None:
    """Their number and this instrument are one. `value` is needed for what is only here.

    Errors: `NotPermitted`; `InputRefused` without a number, or for an instrument out of sight.
    """
    may_settle(actor, "discrepancy_link", discrepancy)
    number = value.strip() or discrepancy.outside_id
    if not number or len(number) > 100:
        raise number_missing()
    if not InstrumentState.objects.visible_to(actor).current().filter(instrument=instrument).exists():
        raise instrument_not_seen()
    with settled(actor, "discrepancy_link", discrepancy, reason) as act:
        link_numbers(act, discrepancy, instrument, number, act.on)
        act.content = {"instrument": instrument.code, "number": number, "system": discrepancy.system.code}
        close(discrepancy, act)


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


def discrepancy_ignore(*, actor: Actor, discrepancy: Discrepancy, reason: str, until: date) -> None:
    """Leave it until a day; then it is to be settled again.

    Errors: `InputRefused` for a day that is not ahead.
    """
    may_settle(actor, "discrepancy_ignore", discrepancy)
    refuse_day_not_ahead(until, actor.today)
    with settled(actor, "discrepancy_ignore", discrepancy, reason) as act:
        discrepancy.ignored_until = until
        discrepancy.save(update_fields=["ignored_until"])
        act.content = {"until": until.isoformat()}
        close(discrepancy, act)


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
