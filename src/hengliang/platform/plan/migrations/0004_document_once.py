"""One document proves one thing, however its number is written; what shares a document says why it is another."""

from django.db import migrations, models

from hengliang.platform.plan.document_numbers import document_key

_BEFORE = "同一文件此前已另行登记"


def _keys(apps, _schema_editor):
    seen = set()
    for row in apps.get_model("plan", "Achievement").objects.order_by("pk"):
        row.document_key = document_key(row.document_number, row.authority)
        counts = row.state in ("entered", "confirmed")
        if counts and row.document_key in seen:
            row.apart = _BEFORE
        if counts:
            seen.add(row.document_key)
        row.save(update_fields=["document_key", "apart"])


class Migration(migrations.Migration):
    dependencies = [("plan", "0003_target_amendments")]

    operations = [
        migrations.AddField(
            "achievement", "document_key", models.CharField(default="", editable=False, max_length=310),
            preserve_default=False,
        ),
        migrations.AddField(
            "achievement", "apart",
            models.CharField(blank=True, default="", max_length=300, verbose_name="why it is another of the same document"),
            preserve_default=False,
        ),
        migrations.RunPython(_keys, migrations.RunPython.noop),
        migrations.AddConstraint(
            "achievement",
            models.UniqueConstraint(
                name="achievement_document_once", fields=["document_key"],
                condition=models.Q(("apart", ""), ("state__in", ["entered", "confirmed"])),
            ),
        ),
    ]  # fmt: skip
