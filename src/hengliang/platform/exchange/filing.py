"""One entry of another system is filed here, through the ledger's own import."""

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.compare import sheet_of
from hengliang.platform.exchange.mapping import profile_of
from hengliang.platform.exchange.models import Discrepancy
from hengliang.platform.registry.imports.told import faults_of
from hengliang.platform.registry.models import Instrument
from hengliang.platform.registry.services import import_at_once


def file_from(actor: Actor, found: Discrepancy) -> Instrument:
    """The instrument, newly in the ledger.

    Errors: `Refused` with what the ledger says against it, or where it knows the instrument already.
    """
    profile = profile_of(found.system, actor.today)
    sheet = list(sheet_of([(found.outside_id, found.cells)], profile.code_kind))
    filing = import_at_once(actor=actor, file_name=f"{found.system.code} {found.outside_id}", chunks=sheet)
    if filing.state != "applied":
        says = "；".join(f"{fault.column}：{fault.reason}{fault.remedy}" for fault in faults_of(filing))
        raise Refused("filing_refused", "The ledger can't take it: %(says)s", says=says)
    made = Instrument.objects.filter(act=filing.applied_by).first()
    if made is None or filing.changed:
        raise Refused("known_here", "The ledger knows this instrument already; link the two instead.")
    return made
