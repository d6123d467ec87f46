"""A database of its own for a benchmark: made beside the server's others, dropped at the end."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """Django, migrated, on a new database of DATABASE_URL's server, or of an embedded one; nothing is left behind."""
    from hengliang.platform.site.database import running

    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hengliang-bench-")))
        addresses = stack.enter_context(running(home))
        os.environ |= {
            "DATABASE_URL": addresses.owner
            if addresses.embedded
            else stack.enter_context(_made(addresses.owner, name)),
            "DJANGO_SETTINGS_MODULE": "hengliang.platform.site.settings",
            "HENGLIANG_HOME": str(home),
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        stack.callback(connections.close_all)
        call_command("migrate", verbosity=0)
        yield


@contextmanager
def _made(url: str, name: str) -> Iterator[str]:
    """A database beside the others of a server that is not ours; gives its address."""
    drop = f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(drop)
        server.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        server.execute(drop)
