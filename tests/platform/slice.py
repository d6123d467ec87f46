"""The slice from ledger to certificate, as the tests walk it: what each step needs is made here."""

from datetime import date
from typing import Any

from hengliang.norms.examples import examples
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import begin
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.search import search_text
from hengliang.platform.registry.models import (
    CatalogueItem,
    Instrument,
    InstrumentCode,
    InstrumentState,
    Purpose,
    Regime,
)
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.standards.models import Authorisation, MeasurementStandard, StandardCertificate
from hengliang.platform.standards.services import (
    authorisation_enter,
    qualification_enter,
    standard_certificate_enter,
    standard_enter,
)
from hengliang.platform.verification.models import Record, Task
from hengliang.platform.verification.services import (
    application_accept,
    application_submit,
    record_approve,
    record_review,
    record_submit,
    task_regime_change,
)
from tests.platform.cast import BEGIN, NOW, Cast

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)


def make_instrument(cast: Cast, code: str, item: CatalogueItem, name: str, parts: tuple[str, ...] = ()) -> Instrument:
    """An instrument of the enterprise, in use since the beginning, with its parts."""
    with perform(Actor.system("cast", NOW), "instrument_file", on=BEGIN) as act:
        act.subject = whole = _row(act, cast, code, item, name)
        for label in parts:
            _row(act, cast, f"{code}-{label}", item, name, part_of=whole, part_label=label)
    return whole


def _row(act: Any, cast: Cast, code: str, item: CatalogueItem, name: str, **of: Any) -> Instrument:
    made = Instrument.objects.create(
        act=act, code=code, item=item, name=name, search_text=search_text(name, code), **of
    )
    begin(
        InstrumentState, act=act, on=BEGIN, instrument=made, status=IN_USE, owner=cast.enterprise,
        region=cast.county, purpose=Purpose.TRADE, regime=Regime.PERIODIC, body=cast.body, due_on=BEGIN,
    )  # fmt: skip
    return made


def seal(number: str, *instruments: Instrument, on: date = BEGIN) -> None:
    """The same seal number on each of the instruments."""
    with perform(Actor.system("cast", NOW), "instrument_file", on=on) as act:
        act.subject = instruments[0]
        for one in instruments:
            begin(InstrumentCode, act=act, on=on, instrument=one, kind=InstrumentCode.Kind.SEAL, value=number)


def equip(cast: Cast, item: CatalogueItem, *, until: date = LAST) -> MeasurementStandard:
    """All that the body needs to verify an item: standard, its papers, authorisation, qualification."""
    manager = cast.actor("manager")
    standard = standard_enter(
        actor=manager,
        organisation=cast.body,
        name=f"{item.name}检定装置",
        level=MeasurementStandard.Level.PUBLIC,
        items=[item],
    )
    for kind in (StandardCertificate.Kind.PUBLIC, StandardCertificate.Kind.TRACEABILITY):
        standard_certificate_enter(
            actor=manager, standard=standard, kind=kind, number=f"社量标-{kind}", issuer="示例省计量院",
            valid_from=FIRST, valid_until=until,
        )  # fmt: skip
    authorise(cast, item)
    qualification_enter(
        actor=manager, person=cast.people["verifier"], body=cast.body, item=item, number="计检001",
        valid_from=FIRST, valid_until=LAST,
    )  # fmt: skip
    return standard


def authorise(cast: Cast, item: CatalogueItem) -> None:
    """The authorisation of the body for an item, once."""
    if not Authorisation.objects.filter(body=cast.body, item=item).exists():
        authorisation_enter(
            actor=cast.actor("authority"), body=cast.body, item=item, number="（衡）法计〔2024〕001", valid_from=FIRST,
            valid_until=LAST,
        )  # fmt: skip


def example(procedure: str, verdict: str, edition: str | None = None) -> dict[str, Any]:
    """The record of a shipped worked example."""
    return next(
        dict(e.record)
        for e in examples()
        if e.procedure == procedure and e.verdict == verdict and edition in (None, e.edition)
    )


def apply_for(cast: Cast, *instruments: Instrument) -> list[Task]:
    """The tasks of an accepted application, to a body that is authorised."""
    for instrument in instruments:
        authorise(cast, instrument.item)
    application = application_submit(
        actor=cast.actor("owner"), applicant=cast.enterprise, body=cast.body, instruments=list(instruments)
    )
    application_accept(actor=cast.actor("manager"), application=application)
    return list(application.tasks.order_by("pk"))


def measure(
    cast: Cast, task: Task, standard: MeasurementStandard, data: dict[str, Any], on: date = date(2026, 3, 2)
) -> Record:
    """A record, submitted; the task follows the regime that the record has."""
    if (regime := data.get("regime", task.regime)) != task.regime:
        task_regime_change(actor=cast.actor("verifier"), task=task, regime=regime, reason="按记录")
    return record_submit(
        actor=cast.actor("verifier"), task=task, data=data, verified_on=on, standards=[standard], place="量县"
    )


def approve(cast: Cast, record: Record) -> Record:
    """The record, reviewed and approved."""
    record_review(actor=cast.actor("reviewer"), record=record)
    record_approve(actor=cast.actor("approver"), record=record)
    return record


def certify(cast: Cast, task: Task, standard: MeasurementStandard, data: dict[str, Any]) -> Certificate:
    """The proof of a task, by all its steps."""
    return certificate_issue(actor=cast.actor("approver"), record=approve(cast, measure(cast, task, standard, data)))
