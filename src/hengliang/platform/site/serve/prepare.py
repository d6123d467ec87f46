"""`python -m hengliang.platform.site.serve.prepare STEP`: the steps that need Django, as the tables' owner."""

import json
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module

import django
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from hengliang.platform.site.database import state
from hengliang.platform.site.home import home
from hengliang.platform.site.serve.collecting import none_collected
from hengliang.platform.site.serve.preparation import DEMO, GO, MIGRATE, STATIC
from hengliang.platform.site.serve.tables import make_tables

MANIFEST = "whitenoise.storage.CompressedManifestStaticFilesStorage"
ONE_AT_A_TIME = 0x48656E67  # the advisory lock under which tables change


def migrate() -> None:
    """Change the tables, one process at a time, and note with which migrations."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        make_tables()
        call_command("migrate", interactive=False, verbosity=0)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    _note(schema=state.schema_fingerprint())


def collect_static() -> None:
    """Collect what the pages need beside them, and note from which sources.

    The settings use the manifest only where there is one; the first collection has to ask for it.
    """
    settings.STORAGES["staticfiles"]["BACKEND"] = MANIFEST
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    (home() / "static" / "fingerprint").write_text(state.static_fingerprint())


def load_demo() -> None:
    """Load the first part of the demo city; the rest follows as a job, while pages are already served."""
    from hengliang.platform.core.models import Region
    from hengliang.platform.site import demo
    from hengliang.platform.site.tasks import load_rest_of_demo

    with transaction.atomic():
        if not Region.objects.exists():  # else a start that was killed after this transaction
            demo.load("first")
            load_rest_of_demo.defer()
    (home() / "demo.json").write_text(json.dumps(demo.ACCOUNTS, ensure_ascii=False))
    _note(demo=True)


def _note(**changes: object) -> None:
    address = os.environ["DATABASE_URL"]
    state.write(address, {**state.read(address), **changes})  # type: ignore[typeddict-item]


STEPS: dict[str, Callable[[], None]] = {MIGRATE: migrate, STATIC: collect_static, DEMO: load_demo}


def main(step: str) -> int:
    """Do the step, and say in how many seconds; gives the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.platform.site.settings")
    with none_collected():
        django.setup()
        if step == DEMO and not _told_to_go():
            return 1
        begun = time.monotonic()
        STEPS[step]()
    sys.stderr.write(f"  {step}: {time.monotonic() - begun:.1f} s\n")
    return 0


def _told_to_go() -> bool:
    """Import and compute what the demo will need, and wait until its tables stand; False where they never will."""
    from hengliang.platform.site.demo.world import hashed_password

    hashed_password()
    import_module(settings.ROOT_URLCONF)
    return sys.stdin.buffer.read() == GO


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
