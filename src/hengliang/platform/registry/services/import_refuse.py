"""A sheet is refused as a whole: it can't be read."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services.import_receive import require_role
from hengliang.platform.registry.states import IMPORT


def import_refuse(*, actor: Actor, batch: InstrumentImport, refused: InputRefused) -> InstrumentImport:
    """Keep with the sheet why it can't be read; its sender sends another, or drops it."""
    require_role(actor, "import_refuse")
    with perform(actor, "import_refuse", subject=batch, organisation_id=batch.organisation_id) as act:
        params = {name: str(value) for name, value in refused.params.items()}
        batch.problem = {"code": refused.code, "template": refused.template, "params": params}
        batch.save(update_fields=["problem"])
        move(IMPORT, batch, act)
    return batch
