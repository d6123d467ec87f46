"""Tasks that came from elsewhere become applications, each by the act of verification itself."""

from datetime import date

from django.db import transaction

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.models import InboundBatch, InboundRow
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import MANDATORY, Task
from hengliang.platform.verification.services import application_submit

_TOLD_EVERY = 50


def apply_rows(actor: Actor, batch: InboundBatch, told: Told = silent) -> dict[str, Task]:
    """Apply for each new row; gives the tasks by their number there. What the act refuses is refused to the sender."""
    rows = InboundRow.objects.filter(batch=batch, outcome=InboundRow.Outcome.NEW).select_related("instrument")
    owners = _owners(batch)
    own = Organisation.objects.filter(pk=batch.organisation_id, is_verification_body=True).first()
    bodies = {body.name: body for body in Organisation.objects.filter(is_verification_body=True)}
    made = {}
    for done, row in enumerate(rows.order_by("number")):
        if done % _TOLD_EVERY == 0:
            told("applying", done)
        named, instrument = row.cells.get("body"), row.instrument
        body = bodies.get(named) if named else own
        if instrument is None:
            continue
        try:
            with transaction.atomic():
                made[row.outside_id] = _apply(actor, row, instrument, owners[instrument.pk], body)
        except PlatformError as refused:
            params = {name: str(value) for name, value in refused.params.items()}
            row.outcome, row.code = InboundRow.Outcome.REFUSED, "act_refused"
            row.params = {"template": refused.template, "of": params}
            row.save(update_fields=["outcome", "code", "params"])
    return made


def _owners(batch: InboundBatch) -> dict[int, Organisation]:
    rows = InboundRow.objects.filter(batch=batch, instrument__isnull=False)
    entries = InstrumentState.objects.current().filter(instrument__in=rows.values("instrument"))
    return {entry.instrument_id: entry.owner for entry in entries.select_related("owner")}


def _apply(
    actor: Actor, row: InboundRow, instrument: Instrument, owner: Organisation, body: Organisation | None
) -> Task:
    wanted = row.cells.get("wanted_on")
    application = application_submit(
        actor=actor,
        applicant=owner,
        instruments=[instrument],
        body=body,
        job=row.cells.get("job", MANDATORY),
        on_site=row.cells.get("on_site") == "t",
        wanted_on=date.fromisoformat(wanted) if wanted else None,
        note=row.cells.get("note", ""),
    )
    return application.tasks.get()
