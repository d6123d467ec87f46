"""Who works at a counter, and at whose; and what is taken in there, as a whole or not at all."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from hengliang.platform.core.errors import InputRefused, NotPermitted
from hengliang.platform.core.listed import listed
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument
from hengliang.platform.registry.selectors import instrument_by_code
from hengliang.platform.verification.models import Deposit
from hengliang.platform.verification.services import HandedIn, handover_admit, handover_receive

COUNTER = (Role.BODY_MANAGER, Role.VERIFIER)


class Brought(NamedTuple):
    """One instrument as it comes: its code, its condition, and what came with it."""

    code: str
    condition: str
    accessories: str = ""


def at_counter(actor: Actor) -> bool:
    """Whether somebody works at a counter."""
    return actor.has(*COUNTER)


def own_body(actor: Actor) -> Organisation:
    """The body at whose counter one works.

    Errors: `NotPermitted` for everybody else.
    """
    found = Organisation.objects.filter(pk__in=actor.organisations(COUNTER)).order_by("pk").first()
    if found is None:
        raise NotPermitted("no_counter", "Only the people of a verification body work at its counter.")
    return found


@transaction.atomic
def taken_in(actor: Actor, brought: Sequence[Brought], **told: str) -> Deposit:
    """What somebody brings, each instrument once, with an application for what has none; a refusal leaves nothing.

    told : `brought_by`, `phone`, `note`
    Errors: `InputRefused` for codes that no ledger knows, and as `handover_admit` and `handover_receive` have them.
    """
    found: dict[Instrument, Brought] = {}
    unknown = []
    for piece in brought:
        entry = instrument_by_code(piece.code)
        if entry is None:
            unknown.append(piece.code)
        else:
            found.setdefault(entry.instrument, piece)
    if unknown:
        raise InputRefused("unknown_codes", "Not in the ledger: %(codes)s.", field="codes", codes=listed(unknown))
    tasks = handover_admit(actor=actor, body=own_body(actor), instruments=list(found))
    pieces = [HandedIn(task, one.condition, one.accessories) for task, one in zip(tasks, found.values(), strict=True)]
    return handover_receive(actor=actor, pieces=pieces, **told)
