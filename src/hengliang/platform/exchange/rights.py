"""Who may connect systems, bring their files in, settle differences, send results, and have events pushed."""

from django.utils.translation import gettext_noop as _

from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Right, Role

AUTHORITY = frozenset({Role.AUTHORITY})
CONNECTS = AUTHORITY | {Role.ADMINISTRATOR}
# A body brings in the tasks that its users applied for elsewhere, and sends its own results.
BRINGS = AUTHORITY | {Role.BODY_MANAGER, Role.VERIFIER}
SENDS = AUTHORITY | {Role.BODY_MANAGER, Role.APPROVER}
SUBSCRIBES = AUTHORITY | HOLDER_ROLES | {Role.BODY_MANAGER}
# Who sees systems, batches, differences and what was sent.
READS = AUTHORITY | {Role.SECTOR_DEPARTMENT, Role.AUDITOR, Role.ADMINISTRATOR}
SEES = READS | BODY_ROLES

RIGHTS = {
    "system_enter": Right(CONNECTS, label=_("Connect an outside system")),
    "system_revise": Right(CONNECTS, needs_reason=True, label=_("Change an outside system")),
    "system_close": Right(CONNECTS, needs_reason=True, label=_("Close an outside system")),
    "system_reopen": Right(CONNECTS, label=_("Open an outside system again")),
    "profile_put": Right(CONNECTS, needs_reason=True, label=_("Change the mapping of an outside system")),
    "profile_remove": Right(CONNECTS, needs_reason=True, label=_("Take back a change of the mapping")),
    "batch_receive": Right(BRINGS, label=_("Bring in a file of an outside system")),
    "batch_read": Right(BRINGS, label=_("Compare a file with the ledger")),
    "batch_refuse": Right(BRINGS, label=_("Refuse a file that can't be read")),
    "batch_accept": Right(BRINGS, label=_("Accept a compared file")),
    "batch_drop": Right(BRINGS, label=_("Drop a file")),
    "outside_id_enter": Right(BRINGS, label=_("Link with the number of an outside system")),
    "outside_id_end": Right(AUTHORITY, needs_reason=True, label=_("End a link with an outside system")),
    "discrepancy_take": Right(AUTHORITY, needs_reason=True, label=_("Take theirs")),
    "discrepancy_keep": Right(AUTHORITY, needs_reason=True, label=_("Keep ours and send it")),
    "discrepancy_link": Right(AUTHORITY, needs_reason=True, label=_("Link the two")),
    "discrepancy_file": Right(AUTHORITY, needs_reason=True, label=_("File it here")),
    "discrepancy_ignore": Right(AUTHORITY, needs_reason=True, label=_("Leave it for a time")),
    "discrepancy_reopen": Right(AUTHORITY, needs_reason=True, label=_("Open the difference again")),
    "dispatch_make": Right(SENDS, label=_("Make a sheet for an outside system")),
    "result_send_again": Right(SENDS, needs_reason=True, label=_("Send again")),
    "webhook_enter": Right(SUBSCRIBES, label=_("Have events pushed")),
    "webhook_suspend": Right(SUBSCRIBES, needs_reason=True, label=_("Pause a webhook")),
    "webhook_resume": Right(SUBSCRIBES, label=_("Resume a webhook")),
    "webhook_end": Right(SUBSCRIBES, needs_reason=True, label=_("End a webhook")),
    "webhook_secret_replace": Right(SUBSCRIBES, label=_("Replace the signing secret")),
    "webhook_try": Right(SUBSCRIBES, label=_("Try a webhook")),
    "webhook_delivery_replay": Right(SUBSCRIBES, needs_reason=True, label=_("Deliver again")),
}
