"""The demo city's snapshot follows from its records, whatever the load wrote as known weeks ago."""

import pytest

from hengliang.platform.plan.models import PlanAssessment, Snapshot
from hengliang.platform.plan.selectors.snapshots import compare
from hengliang.platform.site.demo import loader

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_snapshot_is_the_last_thing_loaded_and_agrees_with_the_records(settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT, settings.TRAINING = tmp_path, True
    monkeypatch.setattr(loader, "SIZES", {"first": (30, 60, 3), "rest": (40, 90, 6)})
    loader.load("first")
    assert not Snapshot.objects.exists()
    loader.load("rest")
    compared = compare(Snapshot.objects.get())
    assert [one.frozen.demand["metric"] for one in compared if not one.agrees] == []
    assert any(one.frozen.numerator for one in compared)
    assert PlanAssessment.objects.get().opinions.exists()
    loader.load("rest")
    assert Snapshot.objects.count() == 1
