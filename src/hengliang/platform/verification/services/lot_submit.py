"""The results of a lot are written, with one Merkle root over them, and handed to the reviewer."""

import json
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.core.models import Act
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.benches.checking import find_earlier
from hengliang.platform.verification.benches.foreseen import require_in_time
from hengliang.platform.verification.benches.order import decision_of, require_lot_in_order, rule_of_days
from hengliang.platform.verification.benches.sql import statement
from hengliang.platform.verification.benches.tree import tree_of
from hengliang.platform.verification.models import Lot, LotGroup, LotResult
from hengliang.platform.verification.rules import Validity, validity_of
from hengliang.platform.verification.states import LOT
from hengliang.trust import canonical

# Two lots at once could both find the same meter untested.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('verification_lot'))"
_COUNTS = (
    "SELECT shared, count(*) FILTER (WHERE verdict = 'p'), count(*) FILTER (WHERE verdict = 'f'),"
    " count(*) FILTER (WHERE verdict = 'i') FROM verification_lotrow r WHERE lot_id = %(lot)s AND NOT EXISTS"
    " (SELECT FROM verification_lotfault f WHERE f.lot_id = r.lot_id AND f.number = r.number) GROUP BY shared"
)
_SHARED = (
    "SELECT shared, maker, model, batch, made_on, verified_on, attributes, tally FROM verification_lotshared"
    " WHERE lot_id = %(lot)s ORDER BY shared"
)


def lot_submit(
    *, actor: Actor, lot: Lot, leave_out_refused: bool = False, reason: str = "", told: Told = silent
) -> Lot:
    """Write the results of a checked lot as one act; all of them, or nothing.

    What the preview showed is what is written: it is asked once more what stands in earlier lots, by which rule, and
    whether body, person, bench and designation were in order on each day of test.
    `reason` says why tests come later than the rule wants them handed in.
    Errors: `NotInOrder`; `Blocked` for tests too old to be handed in; `InputRefused` for late ones without a reason, if
    rows are refused and are not to be left out, or if nothing is left; `StaleWrite` if something else would be written
    than was shown.
    """
    permit(actor, "lot_submit", organisations=[lot.body_id])
    verifier = person_of(actor)
    LOT.target("lot_submit", lot.state)
    if lot.refused and not leave_out_refused:
        raise InputRefused(
            "rows_refused",
            "%(count)s rows are refused. Correct them, or choose to leave them out; nothing was written.",
            count=lot.refused,
        )
    if not lot.judged:
        raise InputRefused("nothing_left", "No row of this file can be judged; correct it and send it anew.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        _refuse_led_on(lot)
        told("checking", 0)
        cursor.execute(_SHARED, {"lot": lot.pk})
        shared = cursor.fetchall()
        days = {row[5] for row in shared}
        require_lot_in_order(lot, verifier, days)
        require_in_time(lot, min(days, default=actor.today), actor.today, reason)
        _refuse_other_than_shown(lot, rule_of_days(lot, days).content_hash)
        with perform(
            actor,
            "lot_submit",
            subject=lot,
            on=lot.last_on,
            organisation_id=lot.body_id,
            region_id=lot.region_id,
            reason=reason.strip(),
        ) as act:
            lot.verifier, lot.decision = verifier, decision_of(lot)
            told("writing", 0)
            _write(lot, act, shared)
            act.tables = (LotGroup, LotResult)
            act.content = content_of_lot(lot)
            lot.step = ""
            lot.save(update_fields=["verifier", "decision", "root", "tree", "step"])
            move(LOT, lot, act)
    return lot


def _refuse_led_on(lot: Lot) -> None:
    """Whoever sent it at the same moment has written its rows, and there are none left to write."""
    if Lot.objects.values_list("state", flat=True).get(pk=lot.pk) != lot.state:
        raise StaleWrite("stale_state", "Somebody else has acted on this meanwhile. Reload the page.")


def content_of_lot(lot: Lot) -> dict[str, Any]:
    """What the log commits to of a lot: its file, its rule, its counts, and the root over its results."""
    return {
        "lot": lot.number, "sha256": lot.sha256, "item": lot.item.code, "regime": lot.regime, "bench": lot.bench,
        "standards": sorted(lot.standards.values_list("pk", flat=True)), "procedure": lot.procedure,
        "edition": lot.edition, "rule": lot.rule_id, "profile": lot.profile,
        "profile_used": profile_hash(lot), "fields": lot.fields,
        "results": lot.judged, "passed": lot.passed, "failed": lot.failed, "indeterminate": lot.indeterminate,
        "refused": lot.refused, "sample": lot.sample, "decision": lot.decision, "root": lot.root,
    }  # fmt: skip


def profile_hash(lot: Lot) -> str:
    """SHA-256 over the profile as it was used, in canonical JSON; empty for a lot that was read before it was kept."""
    return sha256(canonical.write(lot.profile_used)).hexdigest() if lot.profile_used else ""


def _refuse_other_than_shown(lot: Lot, rule: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM verification_lotfault WHERE lot_id = %s", [lot.pk])
        before = cursor.fetchone()[0]
        find_earlier(lot.pk, lot.regime)
        cursor.execute("SELECT count(*) FROM verification_lotfault WHERE lot_id = %s", [lot.pk])
        after = cursor.fetchone()[0]
    if before != after or rule != lot.rule_id:
        raise StaleWrite(
            "lot_changed",
            "Since the preview other lots were submitted, or the rule has changed. Have the file read again, and look "
            "at the new preview.",
        )


def _write(lot: Lot, act: Act, shared: list[tuple[Any, ...]]) -> None:
    told = {"lot": lot.pk, "act": act.pk}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, told)
        counts = {row[0]: row[1:] for row in cursor.fetchall()}
        groups = {row[0]: _group(lot, act, row, counts[row[0]]) for row in shared if row[0] in counts}
        LotGroup.objects.bulk_create(groups.values(), batch_size=1_000)
        cursor.execute("DROP TABLE IF EXISTS lot_group")
        cursor.execute("CREATE TEMP TABLE lot_group (shared int PRIMARY KEY, group_id bigint) ON COMMIT DROP")
        with cursor.copy("COPY lot_group FROM STDIN") as copy:
            for number, group in groups.items():
                copy.write_row((number, group.pk))
        cursor.execute(statement("write"), told)
        written = cursor.rowcount
        lot.root, lot.tree = tree_of(lot.pk, written)
        for table in ("lotrow", "lotshared"):
            cursor.execute(f"DELETE FROM verification_{table} WHERE lot_id = %(lot)s", told)  # noqa: S608 - our own tables
    if written != lot.judged:
        raise StaleWrite("rows_gone", "The rows of this file are no longer here. Have it read again.")


def _group(lot: Lot, act: Act, row: tuple[Any, ...], counts: tuple[int, int, int]) -> LotGroup:
    _shared, maker, model, batch, made_on, verified_on, attributes, tally = row
    validity = validity_of(lot.item, verified_on, json.loads(attributes)) if counts[0] else Validity(None, "")
    return LotGroup(
        act=act, lot=lot, maker=maker, model=model, batch=batch, made_on=made_on, verified_on=verified_on,
        attributes=attributes, valid_until=validity.until, validity_reason=validity.reason[:200],
        passed=counts[0], failed=counts[1], indeterminate=counts[2], tally=json.loads(tally),
    )  # fmt: skip
