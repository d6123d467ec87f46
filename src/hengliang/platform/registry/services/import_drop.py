"""A sheet that waits is thrown away."""

from django.db import connection

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.imports.holding import path_of
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services.import_receive import require_role
from hengliang.platform.registry.states import IMPORT


def import_drop(*, actor: Actor, batch: InstrumentImport) -> None:
    """Drop a sheet with its rows; its file goes when no other import waits for the same."""
    require_role(actor, "import_drop")
    with perform(actor, "import_drop", subject=batch, organisation_id=batch.organisation_id) as act:
        move(IMPORT, batch, act)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM registry_importrow WHERE import_id = %s", [batch.pk])
            cursor.execute("DELETE FROM registry_importfault WHERE import_id = %s", [batch.pk])
    waiting = InstrumentImport.objects.filter(sha256=batch.sha256, state__in=["received", "checked", "unreadable"])
    if not waiting.exists():
        path_of(batch.sha256).unlink(missing_ok=True)
