"""The three rules under which rows stay, on a table of the test's own."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations import RunSQL

from hengliang.platform.core import guards

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    """Run statements; a refusal undoes the statement alone and gives its words."""

    def execute(statement: str) -> str:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except IntegrityError as refused:
            return str(refused).splitlines()[0]
        return ""

    execute("CREATE TABLE slip (id int, text text, state text, stamped text, known_to timestamptz, ended_by_id int)")
    execute("INSERT INTO slip VALUES (1, 'weighed', 'open', NULL, NULL, NULL)")
    return execute


def _lay(run, steps: list[RunSQL]) -> None:
    for step in steps:
        assert run(str(step.sql)) == ""


def test_what_stays_is_neither_changed_nor_deleted(run) -> None:
    _lay(run, guards.stay("slip", called="slips"))
    assert run("UPDATE slip SET state = 'closed'") == "slips are never changed"
    assert run("DELETE FROM slip") == "slips are never changed"
    assert run("INSERT INTO slip (id) VALUES (2)") == ""


def test_a_dated_row_gets_its_end_once(run) -> None:
    _lay(run, guards.get_their_end("slip"))
    assert run("UPDATE slip SET known_to = now(), text = 'other'") == "rows of slip only get their end"
    assert run("UPDATE slip SET known_to = now(), ended_by_id = 7") == ""
    assert run("UPDATE slip SET known_to = now() + interval '1 day'") == "rows of slip only get their end"


def test_only_the_named_columns_change_and_what_is_filled_once_stays(run) -> None:
    _lay(run, guards.change_only("slip", ("state", "stamped"), "a slip isn't rewritten", filled_once=("stamped",)))
    assert run("UPDATE slip SET text = 'other'") == "a slip isn't rewritten"
    assert run("UPDATE slip SET state = 'closed', stamped = 'A1'") == ""
    assert run("UPDATE slip SET state = 'open'") == ""
    assert run("UPDATE slip SET stamped = 'B2'") == "a slip isn't rewritten"
    assert run("UPDATE slip SET stamped = NULL") == "a slip isn't rewritten"
    assert run("DELETE FROM slip") == "a slip isn't rewritten"


def test_a_condition_divides_rows_between_two_guards(run) -> None:
    _lay(run, guards.change_only("slip", ("state", "stamped"), "open slips", when="OLD.state = 'open'"))
    _lay(run, guards.change_only("slip", (), "closed slips", when="OLD.state <> 'open'", name="closed_stays"))
    assert run("UPDATE slip SET text = 'other'") == "open slips"
    assert run("UPDATE slip SET state = 'closed'") == ""
    assert run("UPDATE slip SET stamped = 'A1'") == "closed slips"


def test_undone_the_table_is_free_again(run) -> None:
    [step] = guards.stay("slip")
    _lay(run, [step])
    assert run(str(step.reverse_sql)) == ""
    assert run("DELETE FROM slip") == ""
