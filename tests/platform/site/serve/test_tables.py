"""The tables of a first start are those that Django's own order makes, to the last index and trigger."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from hengliang.platform.site.database import running
from hengliang.platform.site.database.launcher import cluster

pytestmark = pytest.mark.slow

MAKE = """
import django
django.setup()
from django.core.management import call_command
from hengliang.platform.site.serve.tables import make_tables
{}
call_command("migrate", interactive=False, verbosity=0)
"""


def _schema(home: Path, address: str) -> list[str]:
    """The schema as the dump tells it, each statement once; in order of their text."""
    dump = cluster(home, volatile=True).binaries.program("pg_dump")
    said = subprocess.run([dump, "--schema-only", address], capture_output=True, text=True, check=True).stdout
    return sorted(part.strip() for part in re.split(r"\n\n(?=--)", said) if "restrict" not in part)


def _made(home: Path, address: str, how: str) -> list[str]:
    environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "hengliang.platform.site.settings"}
    subprocess.run([sys.executable, "-c", MAKE.format(how)], env=environment, check=True)
    return _schema(home, address)


def test_they_are_the_same_in_either_order(home: Path) -> None:
    with running(home, volatile=True) as addresses:
        with psycopg.connect(addresses.owner, autocommit=True) as owner:
            owner.execute("CREATE DATABASE djangos")
        ours = _made(home, addresses.owner, "make_tables()")
        djangos = _made(home, addresses.owner.replace("/hengliang?", "/djangos?"), "")
    assert len(djangos) > 1000
    assert ours == djangos
