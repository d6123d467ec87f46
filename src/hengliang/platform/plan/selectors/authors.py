"""Who entered what stands under the name of a unit."""

from collections.abc import Iterable

from hengliang.platform.parties.models import Account
from hengliang.platform.plan.models import ProgressReport


def authors_of(reports: Iterable[ProgressReport]) -> dict[int, str]:
    """For each report who entered it, and of which organisation: an authority may report for a unit."""
    told = list(reports)
    accounts = Account.objects.filter(pk__in={one.act.account_id for one in told})
    rows = accounts.values_list("pk", "person__organisation__name")
    homes = {pk: f"({name})" for pk, name in rows if name}
    return {one.pk: f"{one.act.account_name} {homes.get(one.act.account_id or 0, '')}".strip() for one in told}
