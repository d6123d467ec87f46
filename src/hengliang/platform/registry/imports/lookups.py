"""What the statements look up, put into temporary tables from the same selectors and rights that pages use."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, REGIONAL, Actor, Role, right_of
from hengliang.platform.parties.models import Organisation
from hengliang.platform.parties.selectors import overseen
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.selectors.catalogue import catalogue_names, nearest_names
from hengliang.platform.registry.states import INSTRUMENT
from hengliang.platform.registry.suits import classes_of_others

# The acts that a row of a sheet may amount to.
KINDS = (
    "instrument_file", "instrument_part_add", "instrument_accept", "instrument_correct", "instrument_move",
    "instrument_transfer", "instrument_assign_body", "instrument_reclassify", "earlier_result_enter",
    "instrument_code_assign",
)  # fmt: skip


def fill(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Make a temporary table, for this transaction, and COPY the rows into it."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {table} ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def look_up(actor: Actor) -> None:
    """Fill the tables of words, moves, rights, authorities, and of the organisations that the actor may see."""
    named = catalogue_names()
    fill("import_word", "word text, item_id bigint", ((word, item.pk) for word, item in named.items()))
    items = {item.pk: item for item in named.values()}.values()
    fill("import_misfit", "item_id bigint, word text", classes_of_others(items, actor.today))
    fill(
        "import_move",
        "act text, source text, target text",
        ((m.act, s, m.target) for m in INSTRUMENT.moves for s in m.sources if m.act != "instrument_merge"),
    )
    fill(
        "import_right",
        "kind text, everywhere bool, regions bigint[], owners bigint[], markets bigint[], bodies bigint[]",
        (right_row(actor, kind) for kind in (*KINDS, *{m.act for m in INSTRUMENT.moves} - set(KINDS))),
    )
    seen = overseen(actor.today).items()
    fill("import_overseen", "region_id bigint, held bigint", ((region, by) for region, held in seen for by in held))
    columns = ("id", "name", "credit_code", "region_id", "is_verification_body")
    with connection.cursor() as cursor:
        _create_as(cursor, "import_visible_party", Organisation.objects.visible_to(actor).values(*columns))


def right_row(actor: Actor, kind: str) -> tuple[Any, ...]:
    """Where the actor may do an act, as sets: the same relations as `rights.may`, for many rows at once."""
    roles = right_of(kind).roles
    everywhere = actor.account_id is None and actor.has(Role.ADMINISTRATOR)
    return (
        kind,
        everywhere or (Role.ADMINISTRATOR in roles and actor.has(Role.ADMINISTRATOR)),
        list(actor.regions(roles & REGIONAL)),
        list(actor.organisations(roles & HOLDER_ROLES)),
        list(actor.organisations(roles & {Role.MARKET_ORGANISER})),
        list(actor.organisations(roles & BODY_ROLES)),
    )


def mark_visible(actor: Actor) -> None:
    """Mark the matches whose entry the actor may see."""
    seen = InstrumentState.objects.visible_to(actor).values("pk")
    sql, params = seen.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE import_match SET visible = true WHERE entry_id IN ({sql})", params)  # noqa: S608 - the wall's own statement, its values bound
        cursor.execute("ANALYZE import_match")


def hint() -> None:
    """For each name that the catalogue lacks, the nearest names that it has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT lower(CASE WHEN s.item = '' THEN s.name ELSE s.item END) FROM import_staged s"
            " JOIN import_read r USING (number) WHERE r.item_id IS NULL AND s.item || s.name <> '' LIMIT 500"
        )
        words = [row[0] for row in cursor.fetchall()]
    names = catalogue_names() if words else {}
    rows = ((word[:100], "、".join(item.name for item in nearest_names(word, names))) for word in words)
    fill("import_hint", "word text, names text", dict(rows).items())


def _create_as(cursor: CursorWrapper, table: str, rows: Any) -> None:
    sql, params = rows.query.sql_with_params()
    cursor.execute(f"CREATE TEMP TABLE {table} ON COMMIT DROP AS {sql}", params)
