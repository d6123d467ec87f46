"""Names for lists: small tables read once a request instead of once a row."""

from datetime import date, datetime

from hengliang.platform.core.models import RegionVersion


def region_names(on: date, known_at: datetime | None = None) -> dict[int, str]:
    """The name of each region of a day, by the key of the region."""
    return dict(RegionVersion.objects.on(on, known_at).values_list("region_id", "name"))
