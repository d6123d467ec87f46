"""A sheet is sent; it waits to be read."""

from collections.abc import Iterable
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.rights import Actor, Role, permit, right_of
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.imports.holding import hold
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services.entry import not_ahead
from hengliang.platform.registry.states import IMPORT


def import_receive(
    *,
    actor: Actor,
    file_name: str,
    chunks: Iterable[bytes],
    organisation: Organisation | None = None,
    on: date | None = None,
) -> InstrumentImport:
    """Keep a sheet. `organisation` is the user of rows that name none; what each row may do is asked of each row.

    Errors: `NotPermitted`; `InputRefused` for an empty or too large file.
    """
    if organisation is not None:
        permit(actor, "import_receive", organisations=[organisation.pk], region_id=organisation.region_id)
    else:
        require_role(actor, "import_receive")
    not_ahead(actor, on or actor.today)
    held = hold(chunks)
    with perform(actor, "import_receive", on=on, organisation_id=organisation.pk if organisation else None) as act:
        batch = InstrumentImport.objects.create(
            act=act,
            organisation=organisation,
            on=on or actor.today,
            file_name=file_name[-255:],
            sha256=held.sha256,
            size=held.size,
        )
        act.subject = batch
        act.content = {"sha256": held.sha256, "size": held.size}
        enter(IMPORT, batch, act)
    return batch


def require_role(actor: Actor, kind: str) -> None:
    """Refuse an actor who has none of the roles of this act anywhere."""
    system = actor.account_id is None and actor.has(Role.ADMINISTRATOR)
    if not system and not actor.has(*right_of(kind).roles):
        raise NotPermitted(
            "not_permitted",
            "You have no role that allows “%(act)s” here. Ask the administrator of your organisation.",
            act=right_of(kind).words,
        )
