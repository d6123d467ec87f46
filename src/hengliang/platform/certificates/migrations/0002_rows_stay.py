"""What the database itself holds: a proof's content, its document and its budget are never changed, nor batches,
series and destructions of marks; a mark only in what became of it, a finding only by being settled, once."""

from django.db import migrations

from hengliang.platform.core import guards


class Migration(migrations.Migration):
    """On the functions of core."""

    replaces = [
        ("certificates", "0003_guards"),
        ("certificates", "0005_attached_budgets_stay"),
        ("certificates", "0009_marks_stay"),
    ]
    dependencies = [("core", "0002_rows_stay"), ("certificates", "0001_tables")]

    operations = [
        *guards.stay("certificates_document", "certificates_attachedbudget", called="proofs"),
        *guards.stay("certificates_markseries", "certificates_markbatch", "certificates_markdestruction"),
        *guards.get_their_end("certificates_markholding"),
        *guards.change_only("certificates_certificate", ("state",), "proofs are never changed"),
        *guards.change_only(
            "certificates_mark",
            ("state", "certificate_id", "destruction_id", "ended_on", "taken_off_by"),
            "a mark changes only in what became of it",
            filled_once=("destruction_id", "ended_on"),
        ),
        *guards.change_only("certificates_stocktaking", ("state",), "a stocktaking is never changed"),
        *guards.change_only(
            "certificates_stocktakingfinding",
            ("outcome", "explanation", "settled_by_id"),
            "a finding is settled once",
            when="OLD.settled_by_id IS NULL",
        ),
        *guards.change_only(
            "certificates_stocktakingfinding",
            (),
            "a finding is settled once",
            when="OLD.settled_by_id IS NOT NULL",
            name="settled_stays",
        ),
    ]
