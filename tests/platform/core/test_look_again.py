"""The database looks at a table for a role that owns none, as the running product is one."""

import pytest
from django.db import connection

from hengliang.platform.site.database.credentials import APP
from tests.platform.cast import Cast


@pytest.mark.parametrize(
    ("asked", "seen"), [("ANALYZE core_act", False), ("SELECT hengliang_look_again('core_act')", True)]
)
def test_who_owns_no_table_has_it_looked_at(cast: Cast, asked: str, seen: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [APP])
        if cursor.fetchone() is None:
            pytest.skip("the database of these tests has no role of the running product")
        cursor.execute("SELECT count(*) FROM core_act")
        (rows,) = cursor.fetchone()
        assert rows
        cursor.execute(f"SET ROLE {APP}")
        cursor.execute(asked)
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT reltuples = %s FROM pg_class WHERE oid = 'core_act'::regclass", [rows])
        assert cursor.fetchone() == (seen,)
