"""What a database says of itself: with which schema it was prepared, and whether it holds the demo city.

Kept as the comment of the database, so that it goes and comes with the database and never contradicts it.
"""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TypedDict, cast

import psycopg
from psycopg import sql

PLATFORM = Path(__file__).resolve().parents[2]
BRINGS_TABLES = ("django", "django-allauth", "procrastinate", "django-pghistory", "django-pgtrigger")
BRINGS_FILES = ("django", "django-allauth", "django-htmx", "django-ninja", "vl-convert-python", "whitenoise")


class State(TypedDict, total=False):
    """`schema` is the fingerprint of the migrations that were run; `demo` that the demo city was loaded."""

    schema: str
    demo: bool


def read(address: str) -> State:
    """The state of the database at `address`; empty where nothing was prepared."""
    question = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    with psycopg.connect(address) as connection:
        row = connection.execute(question).fetchone()
    try:
        said = json.loads(row[0]) if row and row[0] else {}
    except ValueError:  # an operator's own comment
        said = {}
    return cast("State", said) if isinstance(said, dict) else State()


def write(address: str, state: State) -> None:
    """Note the state. A role that does not own the database can't; then each start prepares anew."""
    with psycopg.connect(address) as connection:
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        name = sql.Identifier(connection.info.dbname)
        try:
            connection.execute(comment.format(name, sql.Literal(json.dumps(state))))
        except psycopg.errors.InsufficientPrivilege:
            connection.rollback()


def is_empty(address: str) -> bool:
    """Whether the database has no table of ours."""
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT to_regclass('public.django_migrations') IS NULL").fetchone()
    return bool(row and row[0])


def schema_fingerprint() -> str:
    """Changes when any migration of ours, or a package that brings migrations, changes."""
    return _fingerprint(PLATFORM.glob("*/migrations/*.py"), BRINGS_TABLES)


def static_fingerprint() -> str:
    """Changes when any static file of ours, or a package that brings static files, changes."""
    return _fingerprint(PLATFORM.glob("*/static/**/*"), BRINGS_FILES)


def _fingerprint(files: Iterable[Path], packages: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for package in packages:
        digest.update(f"{package} {version(package)}\n".encode())
    for path in sorted(files):
        if path.is_file():
            digest.update(f"{path.relative_to(PLATFORM)}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
