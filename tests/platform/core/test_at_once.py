"""Many steps in one: made in their order, with what points to what, and undone again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from hengliang.platform.core.at_once import AtOnce

pytestmark = pytest.mark.django_db

SHELF_AND_BOOK = AtOnce(
    migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))]),
    migrations.CreateModel(
        "Book",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("shelf", models.ForeignKey("library.Shelf", on_delete=models.PROTECT)),
        ],
        {"indexes": [models.Index(fields=["shelf", "id"], name="book_place")]},
    ),
)


def _tables() -> set[str]:
    with connection.cursor() as cursor:
        return {name for name in connection.introspection.table_names(cursor) if name.startswith("library_")}


def test_the_tables_stand_with_their_keys_and_indexes_and_go_again() -> None:
    before = ProjectState()
    after = before.clone()
    SHELF_AND_BOOK.state_forwards("library", after)
    with connection.schema_editor() as editor:
        SHELF_AND_BOOK.database_forwards("library", editor, before, after)
    assert _tables() == {"library_shelf", "library_book"}
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "library_book")
    assert "book_place" in constraints
    assert ("library_shelf", "id") in [one["foreign_key"] for one in constraints.values()]
    with connection.schema_editor() as editor:
        SHELF_AND_BOOK.database_backwards("library", editor, after, before)
    assert _tables() == set()


def test_models_are_rendered_anew_after_the_step() -> None:
    state = ProjectState()
    assert state.apps.all_models["library"] == {}
    SHELF_AND_BOOK.state_forwards("library", state)
    assert set(state.apps.all_models["library"]) == {"shelf", "book"}
