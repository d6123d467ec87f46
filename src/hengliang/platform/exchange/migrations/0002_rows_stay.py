"""What the database itself holds: how texts of two systems are compared, and which rows never change."""

from django.db import migrations

from hengliang.platform.core import guards

# Blanks, full-width signs and capitals are no difference between two systems.
PLAIN = """
CREATE FUNCTION hengliang_plain(told text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(lower(regexp_replace(told, '\\s', '', 'g')), '～〜（）－，：；％', '~~()-,:;%')
$$;
"""


class Migration(migrations.Migration):
    """On the functions of core."""

    replaces = [("exchange", "0002_guards")]
    dependencies = [("core", "0002_rows_stay"), ("exchange", "0001_tables")]

    operations = [
        migrations.RunSQL(PLAIN, "DROP FUNCTION hengliang_plain(text)"),
        *guards.get_their_end("exchange_outsideid", "exchange_profileoverlay"),
        *guards.stay("exchange_agreedvalues", "exchange_dispatch"),
        *guards.change_only(
            "exchange_discrepancy",
            ("state", "seen_on", "ignored_until"),
            "a difference is settled, never changed",
        ),
        *guards.change_only(
            "exchange_dispatchrow",
            ("again_by_id", "answered_by_id", "answered_in_id", "receipt", "receipt_reason"),
            "a row that was sent only gets its receipt",
            filled_once=("again_by_id",),
        ),
        *guards.change_only("exchange_webhooksecret", ("ends_at",), "a secret only gets its end"),
    ]
