"""The file of a lot is read, judged and checked as a whole; nothing is written but what the preview shows."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.db import connection, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.imports.limits import MAX_COLUMNS
from hengliang.platform.verification.benches.checking import Found, clean, settle, stage
from hengliang.platform.verification.benches.files import BenchFile, open_file
from hengliang.platform.verification.benches.folding import folded
from hengliang.platform.verification.benches.judging import Judges
from hengliang.platform.verification.benches.layouts import Layout
from hengliang.platform.verification.benches.order import rule_of_days
from hengliang.platform.verification.benches.profile import Profile, shipped
from hengliang.platform.verification.benches.profiles_of import laid_over, own_headers, own_profiles, profiles_of
from hengliang.platform.verification.benches.recognising import Fit, best_fit, fit, fit_as_written, require_complete
from hengliang.platform.verification.benches.rows import RowReader
from hengliang.platform.verification.models import Lot, RuleAsUsed
from hengliang.platform.verification.rules import Rule, rule_for
from hengliang.platform.verification.states import LOT

# What reading finds. Never the state: who dropped or submitted the lot meanwhile is not overruled by an old copy of it.
FOUND = sorted(
    {"columns", "done", "edition", "failed", "fields", "first_on", "headers", "indeterminate", "last_on", "notices"}
    | {"passed", "problem", "procedure", "profile", "profile_used", "refused", "rows", "rule_id", "step", "training"}
)
# Two readings of one lot at once would both stage its rows.
_ONE_READING = "SELECT pg_advisory_xact_lock(hashtext('verification_lot_read'), %s)"


def lot_read(
    *, actor: Actor, lot: Lot, columns: Mapping[str, int] | None = None, profile: str = "", told: Told = silent
) -> Lot:
    """Read, judge and check the file of a lot, or refuse it as a whole; what is wrong with its rows is in its faults.

    `columns` says which column (from 0) holds what, where the headers do not say so; `profile` by which layout.
    """
    permit(actor, "lot_read", organisations=[lot.body_id])
    LOT.target("lot_read", lot.state)
    lot.headers = []
    try:
        opened = open_file(lot.sha256, own_headers(lot.body_id), layout_named(lot))
        lot.headers = opened.headers[:MAX_COLUMNS]
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_ONE_READING, [lot.pk])
            return _read(actor, lot, opened, columns, profile, told)
    except (InputRefused, Blocked) as refused:
        return _refuse(actor, lot, refused)


def _read(
    actor: Actor, lot: Lot, opened: BenchFile, columns: Mapping[str, int] | None, profile: str, told: Told
) -> Lot:
    used = _profile_for(lot, opened.headers, columns, profile)
    lot.profile, layout = used.id, used.file
    if not layout.found_out and lot.own_profile is None:  # recognised by its headers: read as that profile says
        opened = open_file(lot.sha256, own_headers(lot.body_id), layout)
    if not columns:
        require_complete(fit_as_written(used, opened.headers), opened.headers)
    opened = _folded(opened, used, told)
    lot.headers = opened.headers[:MAX_COLUMNS]
    found = fit(used, opened.headers, columns)
    require_complete(found, opened.headers)
    clean(lot.pk)
    rule = rule_for(lot.item, actor.today)
    reader = _staged(lot, opened, found, rule, actor.today, told)
    days = {one.verified_on for one in reader.shares.all() if one.verified_on and one.verified_on <= actor.today}
    of_days = rule_of_days(lot, days) if days else rule
    if of_days.content_hash != rule.content_hash:  # the file is of days under a former edition: judged by that one
        rule = of_days
        again = _folded(open_file(lot.sha256, own_headers(lot.body_id), layout), used, told)
        clean(lot.pk)
        reader = _staged(lot, again, found, rule, actor.today, told)
    told("checking", 0)
    counts = settle(lot.pk, reader, lot.regime)
    with perform(actor, "lot_read", subject=lot, organisation_id=lot.body_id) as act:
        _keep(lot, found, opened, reader, rule, counts)
        act.content = {"lot": lot.number, "rows": counts.rows, "refused": counts.refused, "rule": rule.content_hash}
        move(LOT, lot, act)
    return lot


def layout_named(lot: Lot) -> Layout | None:
    """The layout of the profile that the sender named; None where the file itself tells."""
    return laid_over(lot.own_profile).file if lot.own_profile is not None else None


def _folded(opened: BenchFile, used: Profile, told: Told) -> BenchFile:
    """The file with one row a meter."""
    long = used.file.long
    return folded(opened, long, used.columns, told=told) if long else opened


def _profile_for(lot: Lot, headers: list[str], columns: Mapping[str, int] | None, profile: str) -> Profile:
    if columns and not all(0 <= at < MAX_COLUMNS for at in columns.values()):
        raise InputRefused("no_such_column", "There is no such column in this file.", field="file")
    candidates = _candidates(lot)
    if profile or columns:
        return next((one for one in candidates if one.id == (profile or lot.profile)), candidates[0])
    return best_fit(candidates, headers).profile


def _candidates(lot: Lot) -> list[Profile]:
    """The profiles that come into question: the one that was named, or all for the item."""
    if lot.own_profile is not None:
        return [laid_over(lot.own_profile)]
    if lot.profile and lot.state == "received":
        return [shipped()[lot.profile]]
    own = [laid_over(one) for one in own_profiles(lot.body_id)]
    shipped_for = profiles_of(lot.item)
    items = {code for one in shipped_for for code in one.items}
    return [*shipped_for, *(one for one in own if items.intersection(one.items))]


def _staged(lot: Lot, opened: BenchFile, found: Fit, rule: Rule, today: date, told: Told) -> RowReader:
    misfits = partial(rule.misfits, lot.item)
    reader = RowReader(found, Judges(found.profile, rule.procedure, lot.regime), today, misfits)
    stage(lot.pk, reader.staged(opened), lambda done: told("reading", done))
    return reader


def _keep(lot: Lot, found: Fit, opened: BenchFile, reader: RowReader, rule: Rule, counts: Found) -> None:
    RuleAsUsed.objects.get_or_create(
        content_hash=rule.content_hash, defaults={"content": rule.content, "provenance": rule.provenance}
    )
    lot.columns, lot.problem = dict(found.columns), {}
    lot.profile_used = dict(found.profile.document)
    lot.fields = [reading.column.key for reading in found.profile.readings]
    lot.notices = [[n.code, n.params] for n in opened.notices] + _said(found, opened, reader)
    lot.procedure, lot.edition, lot.rule_id = rule.procedure_id, rule.edition, rule.content_hash
    lot.training = rule.only_training
    lot.rows, lot.refused, lot.passed, lot.failed = counts.rows, counts.refused, counts.passed, counts.failed
    lot.indeterminate, lot.first_on, lot.last_on = counts.indeterminate, counts.first_on, counts.last_on
    lot.step, lot.done = "", 0
    lot.save(update_fields=FOUND)


def _said(found: Fit, opened: BenchFile, reader: RowReader) -> list[list[object]]:
    """What the sender should know of the file."""
    taken = set(found.columns.values())
    unknown = [name[:60] for at, name in enumerate(opened.headers) if name and at not in taken]
    notices: list[list[object]] = [["profile_draft", {}]] if found.profile.draft else []
    if unknown:
        notices.append(["unknown_columns", {"names": "、".join(unknown[:20])}])
    if reader.contradicted:
        notices.append(["bench_differs", {"count": reader.contradicted}])
    if not opened.closed:
        notices.append(["no_last_break", {}])
    return notices


def _refuse(actor: Actor, lot: Lot, refused: InputRefused | Blocked) -> Lot:
    with perform(actor, "lot_refuse", subject=lot, organisation_id=lot.body_id) as act:
        params = {name: str(value) for name, value in refused.params.items()}
        lot.problem = {"code": refused.code, "template": refused.template, "params": params}
        lot.step, lot.done = "", 0
        lot.save(update_fields=FOUND)
        clean(lot.pk)
        act.content = {"lot": lot.number, "problem": refused.code}
        move(LOT, lot, act)
    return lot
