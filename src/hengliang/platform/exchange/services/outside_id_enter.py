"""An object of ours is linked with its number in another system, by hand; or the link ends."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import begin, end
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.models import OutsideId, OutsideSystem
from hengliang.platform.exchange.services.one_at_a_time import hold_system
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState


def outside_id_enter(
    *,
    actor: Actor,
    system: OutsideSystem,
    value: str,
    instrument: Instrument | None = None,
    organisation: Organisation | None = None,
) -> OutsideId:
    """Link an instrument or an organisation with its number there, from today on.

    Errors: `InputRefused` without a number; `Refused` where the number or the object is linked already.
    """
    by = acting_for(actor, "outside_id_enter", system)
    number = value.strip()
    if not number or len(number) > 100 or (instrument is None) == (organisation is None):
        raise InputRefused("number_missing", "Enter the number by which the other system knows it.", field="value")
    if instrument and not InstrumentState.objects.visible_to(actor).current().filter(instrument=instrument).exists():
        raise InputRefused(
            "instrument_not_seen", "Choose an instrument of your regions by its code.", field="instrument"
        )
    kind = OutsideId.Kind.INSTRUMENT if instrument else OutsideId.Kind.ORGANISATION
    with perform(actor, "outside_id_enter", organisation_id=by, region_id=system.region_id) as act:
        hold_system(system)
        known = OutsideId.objects.known().filter(system=system, kind=kind, valid_to=None)
        mine = known.filter(instrument=instrument) if instrument else known.filter(organisation=organisation)
        if known.filter(value=number).exists() or mine.exists():
            raise Refused("linked_already", "The number, or the object, is linked already; end that link first.")
        act.subject = made = begin(
            OutsideId, act=act, on=act.on, system=system, kind=kind, value=number, instrument=instrument,
            organisation=organisation,
        )  # fmt: skip
        act.content = {"system": system.code, "kind": kind, "number": number}
    return made


def outside_id_end(*, actor: Actor, link: OutsideId, reason: str) -> None:
    """The number no longer names this object, from today on."""
    by = acting_for(actor, "outside_id_end", link.system)
    with perform(actor, "outside_id_end", subject=link, reason=reason, organisation_id=by,
                 region_id=link.system.region_id) as act:  # fmt: skip
        if not end(OutsideId.objects.filter(pk=link.pk), act=act, on=act.on):
            raise Refused("link_ended", "This link has ended already.")
        act.content = {"system": link.system.code, "kind": link.kind, "number": link.value}
