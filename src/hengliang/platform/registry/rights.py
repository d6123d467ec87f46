"""Who may do which act of the ledger, and on which entries."""

from django.utils.translation import gettext_noop as _

from hengliang.platform.core.rights import (
    BODY_ROLES,
    HOLDER_ROLES,
    REGIONAL,
    Actor,
    Right,
    Role,
    is_permitted,
    permit,
)
from hengliang.platform.registry.models import InstrumentState

_HOLDERS_AND_AUTHORITY = HOLDER_ROLES | {Role.AUTHORITY}
_AUTHORITY = frozenset({Role.AUTHORITY})
_BODY = frozenset({Role.BODY_MANAGER, Role.VERIFIER})

RIGHTS: dict[str, Right] = {
    "instrument_file": Right(_HOLDERS_AND_AUTHORITY, label=_("File an instrument")),
    "instrument_file_again": Right(_HOLDERS_AND_AUTHORITY, label=_("File again")),
    "instrument_return": Right(_AUTHORITY, needs_reason=True, label=_("Return the filing")),
    "instrument_accept": Right(_AUTHORITY, label=_("Accept the filing")),
    "instrument_part_add": Right(_HOLDERS_AND_AUTHORITY, label=_("Add a part judged singly")),
    "instrument_correct": Right(_AUTHORITY | _BODY, needs_reason=True, label=_("Correct its identity")),
    "instrument_code_assign": Right(_HOLDERS_AND_AUTHORITY | _BODY, label=_("Assign a code")),
    "instrument_move": Right(_HOLDERS_AND_AUTHORITY, label=_("Move")),
    "instrument_transfer": Right(_HOLDERS_AND_AUTHORITY, needs_reason=True, label=_("Transfer to another user")),
    "transfer_offer": Right(HOLDER_ROLES, needs_reason=True, label=_("Offer to another user")),
    "transfer_accept": Right(HOLDER_ROLES, label=_("Take over an instrument offered")),
    "transfer_decline": Right(HOLDER_ROLES, needs_reason=True, label=_("Decline an instrument offered")),
    "transfer_withdraw": Right(_HOLDERS_AND_AUTHORITY, needs_reason=True, label=_("Withdraw an offer of transfer")),
    "instrument_reclassify": Right(_AUTHORITY, needs_reason=True, label=_("Change purpose or regime")),
    "instrument_assign_body": Right(_AUTHORITY, label=_("Assign a verification body")),
    "instrument_stop": Right(_HOLDERS_AND_AUTHORITY, needs_reason=True, label=_("Take out of use")),
    "instrument_resume": Right(_HOLDERS_AND_AUTHORITY, label=_("Take into use again")),
    "instrument_lose": Right(_HOLDERS_AND_AUTHORITY, needs_reason=True, label=_("Report as lost")),
    "instrument_find": Right(_HOLDERS_AND_AUTHORITY, label=_("Report as found")),
    "instrument_scrap": Right(_HOLDERS_AND_AUTHORITY, needs_reason=True, label=_("Scrap")),
    "instrument_merge": Right(_AUTHORITY, needs_reason=True, label=_("Merge a duplicate")),
    "earlier_result_enter": Right(_AUTHORITY, needs_reason=True, label=_("Enter an earlier result")),
    "instrument_import": Right(_HOLDERS_AND_AUTHORITY, label=_("Import a sheet")),
    "import_receive": Right(_HOLDERS_AND_AUTHORITY, label=_("Send a sheet")),
    "import_read": Right(_HOLDERS_AND_AUTHORITY, label=_("Read a sheet")),
    "import_refuse": Right(_HOLDERS_AND_AUTHORITY, label=_("Refuse a sheet that can't be read")),
    "import_drop": Right(_HOLDERS_AND_AUTHORITY, label=_("Drop an import")),
    "catalogue_load": Right(frozenset({Role.ADMINISTRATOR}), label=_("Load the catalogue")),
}

ENTRY_TYPES = dict.fromkeys(RIGHTS, "ledger.changed") | {"instrument_import": "ledger.imported"}

# Which grants reach an entry by which of its columns. A body's own owner account has no say over what the body
# verifies for others, so the two are never mixed.
_REACH = (
    (HOLDER_ROLES, "owner_id"),
    (frozenset({Role.MARKET_ORGANISER}), "market_id"),
    (BODY_ROLES, "body_id"),
    (REGIONAL | {Role.ADMINISTRATOR}, ""),
)


def _only(actor: Actor, roles: frozenset[Role]) -> Actor:
    """The actor with these roles alone. Not `replace`: the actor of a request is a lazy object."""
    return Actor(actor.at, actor.account_id, actor.name, tuple(g for g in actor.grants if g.role in roles))


def may(actor: Actor, kind: str, entry: InstrumentState) -> bool:
    """Whether the actor may do this act on this entry of the ledger."""
    return any(
        is_permitted(
            _only(actor, roles),
            kind,
            organisations=[getattr(entry, column)] if column else [],
            region_id=entry.region_id,
        )
        for roles, column in _REACH
    )


def permit_on(actor: Actor, kind: str, entry: InstrumentState) -> None:
    """Raise `NotPermitted` unless the actor may do this act on this entry."""
    if not may(actor, kind, entry):
        permit(_only(actor, frozenset()), kind)
