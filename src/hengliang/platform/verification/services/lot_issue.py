"""The results of an approved lot are issued: each can be shown and proven; the ledger takes over dates."""

from typing import Any

from django.conf import settings
from django.db import connection

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.models import Act
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.rules import rules
from hengliang.platform.core.selectors import is_withdrawn
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.services import results_prepared, verification_results_enter
from hengliang.platform.verification.benches.foreseen import require_reason_for_expired
from hengliang.platform.verification.benches.matching import match
from hengliang.platform.verification.benches.order import require_lot_in_order
from hengliang.platform.verification.benches.tree import tree_of
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import Lot, LotLink
from hengliang.platform.verification.rules import rule_kept
from hengliang.platform.verification.services.lot_submit import ONE_AT_A_TIME
from hengliang.platform.verification.services.lot_tasks import close_tasks
from hengliang.platform.verification.states import LOT

_ENTRIES = (
    "INSERT INTO result_entry SELECT DISTINCT ON (m.instrument_id) m.instrument_id, m.verified_on, m.verified_on,"
    " CASE m.verdict WHEN 'p' THEN 'pass' ELSE 'fail' END,"
    " CASE m.verdict WHEN 'p' THEN m.valid_until ELSE m.verified_on END, m.validity_reason"
    " FROM lot_match m WHERE m.verdict <> 'i' AND m.bar = '' ORDER BY m.instrument_id, m.verified_on DESC"
)
_LINKS = (
    "INSERT INTO verification_lotlink (act_id, result_id, instrument_id, lot_id, verified_on, entered)"
    " SELECT %(act)s, result_id, instrument_id, %(lot)s, verified_on, instrument_id = ANY (%(entered)s)"
    " FROM lot_match WHERE bar = '' OR NOT %(enters)s ORDER BY result_id"
)


def lot_issue(*, actor: Actor, lot: Lot, reason: str = "", told: Told = silent) -> None:
    """Issue the results of an approved lot as one act, and enter those of meters in the ledger into it, as a set.

    `reason` says why results are issued that have expired by then.
    Errors: `Blocked` by a draft rule outside training, or where a result no longer is what was approved; `NotInOrder`;
    `InputRefused` for expired results without a reason.
    """
    permit(actor, "lot_issue", organisations=[lot.body_id])
    LOT.target("lot_issue", lot.state)
    require_rules_issue(lot)
    if lot.verifier is not None:
        require_lot_in_order(lot, lot.verifier, set(lot.groups.values_list("verified_on", flat=True)))
    require_reason_for_expired(lot, actor.today, reason)
    _require_untouched(lot)
    with perform(
        actor, "lot_issue", subject=lot, organisation_id=lot.body_id, region_id=lot.region_id, reason=reason.strip()
    ) as act, connection.cursor() as cursor:  # fmt: skip
        cursor.execute(ONE_AT_A_TIME)
        told("writing", 0)
        lot.issued_on = actor.today
        lot.entered = link(lot, act)
        lot.save(update_fields=["issued_on", "entered", "notices"])
        act.content = {
            "lot": lot.number, "root": lot.root, "results": lot.judged, "passed": lot.passed, "failed": lot.failed,
            "decision": lot.decision, "entered": lot.entered, "training": settings.TRAINING,
        }  # fmt: skip
        move(LOT, lot, act)


def link(lot: Lot, act: Act, result_id: int | None = None) -> int:
    """Link results to the meters of the ledger, and enter them there; gives how many the ledger took over.

    What is preserved for a dispute, or was out of use on the day, is neither linked nor entered: the lot tells of it,
    and its result can be taken when that has ended.
    """
    enters = job_kind(lot.job, lot.last_on or act.on).enters_ledger
    with connection.cursor() as cursor, results_prepared():
        told = match(lot, result_id)
        if enters:
            cursor.execute(_ENTRIES)
        entered = verification_results_enter(act=act) if enters else set()
        links: dict[str, Any] = {"act": act.pk, "lot": lot.pk, "entered": sorted(entered), "enters": enters}
        cursor.execute(_LINKS, links)
    if result_id is None:
        lot.notices = [*lot.notices, *told]
    close_tasks(lot, act)
    act.tables = (LotLink,)
    return len(entered)


def require_rules_issue(lot: Lot) -> None:
    """Raise `Blocked` where a rule that nobody approved would issue results outside training."""
    if settings.TRAINING or lot.rule is None:
        return
    behind = [rule_kept(lot.procedure, lot.rule).value, rules()["period/verification"].at(lot.last_on or lot.act.on)]
    for value in behind:
        if not value.may_issue or is_withdrawn(value):
            raise Blocked(
                "draft_rule",
                "“%(rule)s” (%(document)s, %(edition)s) is a draft: it judges, but issues nothing. Two people of the "
                "authority approve this edition under Rules.",
                rule=value.title["zh"], document=value.source.document, edition=value.start.isoformat(),
            )  # fmt: skip


def _require_untouched(lot: Lot) -> None:
    if tree_of(lot.pk, lot.judged)[0] != lot.root:
        raise Blocked(
            "lot_tampered",
            "The results of %(lot)s are no longer those that were submitted: their root differs. Nothing is issued; "
            "tell the operator, who finds the rows by “hengliang ledger check”.",
            lot=lot.number,
        )
