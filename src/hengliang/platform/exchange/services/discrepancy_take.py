"""Their values are taken over, by the ledger's own acts of correction; what we had stays in the history."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hengliang.platform.core.errors import InputRefused, Refused, StaleWrite
from hengliang.platform.core.models import Region, RegionVersion
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.models import AgreedValues, Discrepancy
from hengliang.platform.exchange.ours import ours_of
from hengliang.platform.exchange.reasons import field_title
from hengliang.platform.exchange.services.settle import close, may_settle, settled
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry import services as ledger
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.selectors.catalogue import catalogue_names
from hengliang.platform.registry.states import INSTRUMENT

IDENTITY = (
    "item", "name", "category", "model", "measuring_range", "accuracy_class", "serial_number", "manufacturer",
    "origin", "made_on",
)  # fmt: skip
CLASSED = ("purpose", "regime", "mandatory", "on_site")
RESULT = ("last_on", "last_result", "due_on")
Told = Mapping[str, str]


def discrepancy_take(
    *, actor: Actor, discrepancy: Discrepancy, reason: str, fields: Collection[str] | None = None
) -> None:
    """Take their values of the fields named (default: all that differ). All of them or none: what an act of the ledger
    refuses leaves everything as it was.

    Errors: `NotPermitted`; `Refused` where we have changed since it was found; what the acts of the ledger refuse.
    """
    may_settle(actor, "discrepancy_take", discrepancy)
    instrument = discrepancy.instrument
    if instrument is None or not discrepancy.fields:
        raise Refused("nothing_to_take", "There is nothing to take over here; link it, file it, or leave it.")
    known = {one["field"]: one for one in discrepancy.fields}
    wanted = sorted(known) if fields is None else sorted(set(fields) & set(known))
    if not wanted:
        raise InputRefused("no_fields", "Choose at least one field.", field="fields")
    with transaction.atomic():
        Instrument.objects.select_for_update().only("pk").get(pk=instrument.pk)
        _refuse_changed(instrument, {name: known[name]["ours"] for name in wanted}, actor.today)
        told = {name: known[name]["theirs"] for name in wanted}
        for step in (_correct, _move, _transfer, _assign, _reclassify, _result, _status):
            step(actor, instrument, told, reason)
        with settled(actor, "discrepancy_take", discrepancy, reason) as act:
            act.content = {"instrument": instrument.code, "taken": {n: [known[n]["ours"], told[n]] for n in wanted}}
            before = AgreedValues.objects.filter(system=discrepancy.system, instrument=instrument).last()
            values = (before.values if before else {}) | told
            AgreedValues.objects.create(act=act, system=discrepancy.system, instrument=instrument, values=values)
            close(discrepancy, act)


def _refuse_changed(instrument: Instrument, shown: Told, on: date) -> None:
    now = ours_of([instrument], on)[instrument.pk]
    if changed := [name for name, value in shown.items() if now.get(name, "") != value]:
        raise StaleWrite(
            "changed_meanwhile",
            "“%(field)s” was changed here since the two were compared. Have the file compared again, then decide.",
            field=field_title(changed[0]),
        )


def _only(told: Told, names: Collection[str]) -> dict[str, str]:
    return {name: told[name] for name in names if name in told}


def _correct(actor: Actor, instrument: Instrument, told: Told, reason: str) -> None:
    if changes := _only(told, IDENTITY):
        given: dict[str, Any] = dict(changes)
        if "made_on" in given:
            given["made_on"] = date.fromisoformat(given["made_on"])
        if "item" in given:
            given["item"] = _found(catalogue_names().get(given["item"].lower()), given["item"])
        ledger.instrument_correct(actor=actor, instrument=instrument, reason=reason, **given)


def _move(actor: Actor, instrument: Instrument, told: Told, reason: str) -> None:
    changes = _only(told, ("place", "region", "market"))
    if not changes:
        return
    entry = _entry(instrument)
    more: dict[str, Any] = {}
    if "region" in changes:
        version = RegionVersion.objects.on(actor.today).filter(code=changes["region"]).first()
        more["region"] = _found(version and Region.objects.get(pk=version.region_id), changes["region"])
    if "market" in changes:
        found = Organisation.objects.visible_to(actor).filter(is_market=True, name=changes["market"]).first()
        more["market"] = _found(found, changes["market"])
    place = changes.get("place", entry.place)
    ledger.instrument_move(actor=actor, instrument=instrument, place=place, reason=reason, **more)


def _transfer(actor: Actor, instrument: Instrument, told: Told, reason: str) -> None:
    changes = _only(told, ("owner_code", "owner"))
    if not changes:
        return
    rows = Organisation.objects.visible_to(actor)
    by_code = "owner_code" in changes
    rows = rows.filter(credit_code=changes["owner_code"]) if by_code else rows.filter(name=changes["owner"])
    owner = _found(rows.first(), " ".join(changes.values()))
    ledger.instrument_transfer(actor=actor, instrument=instrument, owner=owner, reason=reason)


def _assign(actor: Actor, instrument: Instrument, told: Told, reason: str) -> None:
    if "body" in told:
        body = Organisation.objects.filter(is_verification_body=True, name=told["body"]).first()
        ledger.instrument_assign_body(actor=actor, instrument=instrument, body=_found(body, told["body"]))


def _reclassify(actor: Actor, instrument: Instrument, told: Told, reason: str) -> None:
    if changes := _only(told, CLASSED):
        given: dict[str, Any] = {
            name: value == "t" if name in ("mandatory", "on_site") else value for name, value in changes.items()
        }
        ledger.instrument_reclassify(actor=actor, instrument=instrument, reason=reason, **given)


def _result(actor: Actor, instrument: Instrument, told: Told, reason: str) -> None:
    """A proof that the other system knows of; the day due alone can't be taken, it follows from the proof."""
    changes = _only(told, RESULT)
    if not changes:
        return
    entry = _entry(instrument)
    verified_on = changes.get("last_on") or (entry.last_on and entry.last_on.isoformat())
    result = changes.get("last_result", entry.last_result)
    if not verified_on or result not in ("pass", "fail"):
        raise Refused(
            "result_incomplete", "The other system names no day or no result of a verification; enter it by hand."
        )
    due_on = changes.get("due_on") or (entry.due_on and entry.due_on.isoformat())
    ledger.earlier_result_enter(
        actor=actor, instrument=instrument, verified_on=date.fromisoformat(verified_on), passed=result == "pass",
        due_on=date.fromisoformat(due_on) if due_on else None, reason=reason,
    )  # fmt: skip


_WITHOUT_REASON: Mapping[str, Callable[..., InstrumentState]] = {
    "instrument_accept": ledger.instrument_accept, "instrument_file_again": ledger.instrument_file_again,
}  # fmt: skip
_ACTS: Mapping[str, Callable[..., InstrumentState]] = {
    "instrument_return": ledger.instrument_return, "instrument_stop": ledger.instrument_stop,
    "instrument_resume": ledger.instrument_resume, "instrument_lose": ledger.instrument_lose,
    "instrument_find": ledger.instrument_find, "instrument_scrap": ledger.instrument_scrap,
}  # fmt: skip


def _status(actor: Actor, instrument: Instrument, told: Told, reason: str) -> None:
    if "status" not in told:
        return
    status = _entry(instrument).status
    possible = {**_ACTS, **_WITHOUT_REASON}
    moves = [m.act for m in INSTRUMENT.moves if status in m.sources and m.target == told["status"]]
    steps = [act for act in moves if act in possible]
    if not steps:
        raise Refused(
            "state_impossible_here",
            "No single act leads from “%(ours)s” to “%(theirs)s”; act on the instrument's page first.",
            ours=INSTRUMENT.state(status).label,
            theirs=INSTRUMENT.state(told["status"]).label,
        )
    more = {"reason": reason} if steps[0] in _ACTS else {}
    possible[steps[0]](actor=actor, instrument=instrument, **more)


def _entry(instrument: Instrument) -> InstrumentState:
    return instrument.states.current().get()


def _found(one: Any, word: str) -> Any:
    if one is None:
        raise Refused("not_known_here", "“%(word)s” is not known here; enter it first, or keep ours.", word=word)
    return one
