"""A meter was filed after its lot was issued: its result is taken into the ledger."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import LotLink, LotResult
from hengliang.platform.verification.services.lot_issue import link


def lot_result_take(*, actor: Actor, result: LotResult, instrument: Instrument) -> LotLink:
    """Link a result of an issued lot to the meter that was filed since, and enter it into the ledger.

    Errors: `Refused` where the lot is not issued, or the meter is not the one of the result.
    """
    lot = result.lot
    entry = InstrumentState.objects.on(actor.today).filter(instrument=instrument).first()
    owner = entry.owner_id if entry else None
    permit(actor, "lot_result_take", organisations=[lot.body_id, owner])
    if lot.state != "issued":
        raise Refused("lot_not_issued", "Lot %(lot)s is not issued; nothing is taken from it.", lot=lot.number)
    with perform(actor, "lot_result_take", subject=instrument, organisation_id=lot.body_id) as act:
        link(lot, act, result.pk)
        taken = LotLink.objects.filter(result=result, act=act).first()
        if taken is None or taken.instrument_id != instrument.pk:
            raise Refused(
                "not_that_meter",
                "Result %(serial)s of lot %(lot)s is not of this instrument alone: serial number, manufacturer and "
                "model must agree, and no other entry may have them.",
                serial=result.serial, lot=lot.number,
            )  # fmt: skip
        act.content = {"lot": lot.number, "place": result.place, "instrument": instrument.code, "root": lot.root}
    return taken
