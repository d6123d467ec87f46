"""What is to be sent to a system, and the rows as its profile wants them."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.rights import BODY_ROLES, REGIONAL, Actor, Role
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.exchange.models import Discrepancy, DispatchRow, OutsideId, OutsideSystem
from hengliang.platform.exchange.ours import ours_of
from hengliang.platform.exchange.states import KEPT
from hengliang.platform.registry.models import Instrument

# What says pass or fail to a ledger; calibration certificates and reports say what was measured.
RESULT_KINDS = (Certificate.Kind.CERTIFICATE, Certificate.Kind.NOTICE)


def results_to_send(system: OutsideSystem, actor: Actor, until: date) -> "QuerySet[Certificate]":
    """The proofs issued up to a day in the regions of the system that stand and were not sent yet, oldest first.

    A body sends its own; in training nothing but what training issued, elsewhere nothing of it.
    """
    sent = DispatchRow.objects.filter(system=system, certificate=OuterRef("pk"), again_by=None)
    rows = Certificate.objects.filter(
        region__in=regions_under([system.region_id], actor.today), kind__in=RESULT_KINDS, issued_on__lte=until,
        training=settings.TRAINING, state="in_force",
    )  # fmt: skip
    return scoped(rows, actor).exclude(Exists(sent)).order_by("issued_on", "pk")


def scoped(rows: "QuerySet[Certificate]", actor: Actor) -> "QuerySet[Certificate]":
    """Those that the actor answers for: regional roles their regions, a body what it issued."""
    if actor.has(Role.ADMINISTRATOR):
        return rows
    if regions := actor.regions(REGIONAL):
        return rows.filter(region__in=regions)
    return rows.filter(body__in=actor.organisations(BODY_ROLES))


def entries_to_send(system: OutsideSystem, actor: Actor) -> "QuerySet[Discrepancy]":
    """The differences in which ours was kept, not sent yet."""
    sent = DispatchRow.objects.filter(discrepancy=OuterRef("pk"), again_by=None)
    rows = Discrepancy.objects.visible_to(actor).filter(system=system, state=KEPT).exclude(Exists(sent))
    return rows.select_related("instrument").order_by("pk")


def result_rows(
    system: OutsideSystem, proofs: Sequence[Certificate], keys: Sequence[str], on: date
) -> list[dict[str, str]]:
    """The proofs as rows, with the numbers of both sides."""
    instruments = _numbers(system, "instrument", [proof.instrument_id for proof in proofs])
    tasks = _numbers(system, "task", [proof.record.task_id for proof in proofs])
    codes = dict(RegionVersion.objects.on(on).values_list("region_id", "code"))
    return [
        {
            "key": key, "outside_id": instruments.get(proof.instrument_id, ""),
            "task_id": tasks.get(proof.record.task_id, ""), "instrument_code": proof.instrument.code,
            "item": proof.instrument.item.name, "name": proof.instrument.name, "model": proof.instrument.model,
            "serial_number": proof.instrument.serial_number, "manufacturer": proof.instrument.manufacturer,
            "owner": proof.owner.name, "owner_code": proof.owner.credit_code or "",
            "region": codes.get(proof.region_id, ""), "body": proof.body.name, "number": proof.number,
            "kind": proof.kind, "verified_on": proof.verified_on.isoformat(),
            "issued_on": proof.issued_on.isoformat(),
            "result": "fail" if proof.kind == Certificate.Kind.NOTICE else "pass",
            "valid_until": proof.valid_until.isoformat() if proof.valid_until else "",
            "public_url": f"{settings.PUBLIC_URL}/c/{proof.code}",
        }
        for proof, key in zip(proofs, keys, strict=True)
    ]  # fmt: skip


def entry_rows(
    system: OutsideSystem, instruments: Sequence[Instrument], keys: Sequence[str], on: date
) -> list[dict[str, str]]:
    """Entries of the ledger as rows, as they stand today."""
    numbers = _numbers(system, "instrument", [one.pk for one in instruments])
    said = ours_of(instruments, on)
    return [
        said[one.pk] | {"key": key, "outside_id": numbers.get(one.pk, ""), "code": one.code}
        for one, key in zip(instruments, keys, strict=True)
    ]


def _numbers(system: OutsideSystem, kind: str, keys: Sequence[int | None]) -> dict[int, str]:
    rows = OutsideId.objects.known().filter(system=system, kind=kind, valid_to=None, **{f"{kind}__in": keys})
    return dict(rows.values_list(f"{kind}_id", "value"))
