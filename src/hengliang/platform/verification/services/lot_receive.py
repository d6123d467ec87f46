"""The file of a test bench is sent; it waits to be read."""

from collections.abc import Iterable, Sequence

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.standards.selectors import standards_for
from hengliang.platform.verification.benches.files import keep
from hengliang.platform.verification.benches.order import plan_of_sample
from hengliang.platform.verification.benches.profiles_of import profiles_of
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import MANDATORY, BenchProfile, Lot, VerificationRegime
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.states import LOT


def lot_receive(
    *,
    actor: Actor,
    body: Organisation,
    item: CatalogueItem,
    bench: str,
    standards: Sequence[MeasurementStandard],
    file_name: str,
    chunks: Iterable[bytes],
    regime: str = VerificationRegime.INITIAL,
    job: str = MANDATORY,
    customer: Organisation | None = None,
    profile: str = "",
    own_profile: BenchProfile | None = None,
    sample: dict[str, str] | None = None,
) -> Lot:
    """Keep the file of a bench under its hash, and open a lot for it.

    `sample` says by which plan the lot was sampled: `{"lot": "3200", "aql": "1", "level": "II"}`; none: every meter was
    tested. Errors: `InputRefused` for an empty or too large file, for one that stands in a lot already, for a kind of
    job that concludes nothing, for standards of somebody else.
    """
    permit(actor, "lot_receive", organisations=[body.pk])
    kind = job_kind(job, actor.today)
    if not kind.concludes or kind.by_authority:
        raise InputRefused("job_not_for_lots", "A lot is for kinds of jobs that conclude.", field="job")
    profiles_of(item)
    _refuse_foreign(body, item, standards, own_profile)
    if sample:
        plan_of_sample(sample, actor.today)
    held = keep(chunks)
    _refuse_again(body, held.sha256)
    region = (customer or body).region
    with perform(actor, "lot_receive", organisation_id=body.pk, region_id=region.pk) as act:
        number = next_number(body, "lot", actor.today)
        _refuse_again(body, held.sha256)  # once more: whoever sent it at the same moment held the numbers until now
        act.subject = lot = Lot.objects.create(
            act=act, number=number, body=body, customer=customer, region=region,
            item=item, job=kind.code, regime=regime, bench=bench, profile=profile, own_profile=own_profile,
            file_name=file_name[-255:], sha256=held.sha256, size=held.size, sample=sample or {},
            state=LOT.states[0].code,
        )  # fmt: skip
        lot.standards.set(standards)
        act.content = {"lot": lot.number, "sha256": held.sha256, "size": held.size, "bench": bench}
        enter(LOT, lot, act)
    return lot


def _refuse_again(body: Organisation, sha256: str) -> None:
    if standing := Lot.objects.standing().filter(body=body, sha256=sha256).first():
        raise InputRefused(
            "file_twice",
            "This very file is in lot %(lot)s already. If it was sent by mistake, leave it; a corrected file is a "
            "different file.",
            field="file", lot=standing.number,
        )  # fmt: skip


def _refuse_foreign(
    body: Organisation, item: CatalogueItem, standards: Sequence[MeasurementStandard], own: BenchProfile | None
) -> None:
    known = set(standards_for(body, item))
    if not standards or not known.issuperset(standards):
        raise InputRefused(
            "standard_not_for_item",
            "Choose the measurement standard of this bench; it must be the body's own and serve “%(item)s”.",
            field="standards", item=item.name,
        )  # fmt: skip
    if own is not None and own.body_id != body.pk:
        raise InputRefused("profile_foreign", "The mapping profile is another body's.", field="own_profile")
