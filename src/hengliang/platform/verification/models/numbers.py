"""The numbers of papers: one series for each kind at each body."""

from django.db import models

from hengliang.platform.parties.models import Organisation


class NumberSeries(models.Model):
    """The numbers of one kind of paper at one body; its row is locked while a number is given.

    `pattern` holds `{year}`, `{serial:06d}` and, if wanted, `{body}`; the serial begins anew each year.
    """

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    pattern = models.CharField(max_length=80)
    year = models.SmallIntegerField()
    next_serial = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "kind", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return self.pattern
