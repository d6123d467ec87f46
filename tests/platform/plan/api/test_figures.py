"""The rows behind a figure by program: as many as it counts, of one's own regions, for any day."""

import pytest

from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.engine import indicators, is_computed
from hengliang.platform.plan.services import achievement_confirm
from tests.platform.cast import NOW
from tests.platform.plan.api.conftest import refused
from tests.platform.slice import FIRST, equip, make_instrument

pytestmark = pytest.mark.django_db
DAY = NOW.date().isoformat()


@pytest.fixture
def entered(cast):
    """Two instruments of the county."""
    return [make_instrument(cast, f"HL8{n}", cast.scale, "电子计价秤") for n in range(2)]


def test_every_figure_has_as_many_rows_as_it_counts(cast, planned, entered, ask):
    equip(cast, cast.scale)
    achievement_confirm(actor=Actor.system("second", NOW), achievement=planned.achievement)
    seen = set()
    for name in [name for name, one in indicators(NOW.date()).items() if is_computed(one)]:
        figure = ask("authority", f"figures/{name}?on={DAY}").json()
        parts = {"numerator": figure["numerator"], "denominator": figure["denominator"]}
        parts |= {one["key"]: one["count"] for one in figure["excluded"]}
        for part, count in parts.items():
            if count is None:
                continue
            answer = ask("authority", f"figures/{name}/rows/{part}?on={DAY}&limit=200")
            assert answer.status_code == 200, (name, part, answer.content)
            rows = answer.json()["items"]
            assert len(rows) == min(count, 200), (name, part)
            assert all(one["name"] for one in rows)
            seen |= {one["kind"] for one in rows}
    assert seen >= {"instruments", "items", "achievements"}


def test_rows_name_the_thing_and_come_in_pages(entered, ask):
    path = f"figures/valid-rate/rows/denominator?on={DAY}&limit=1"
    first = ask("authority", path).json()
    (row,) = first["items"]
    assert (row["kind"], row["code"], row["organisation"]) == ("instruments", "HL81", "量县加油站")
    later = ask("authority", f"{path}&after={first['next']}").json()
    assert ([one["code"] for one in later["items"]], later["next"]) == (["HL80"], None)


def test_rows_are_for_roles_over_the_region(cast, entered, ask):
    path = f"figures/valid-rate/rows/denominator?on={DAY}"
    assert refused(ask("owner", path)) == (403, "not_permitted_figures")
    assert ask("foreign_authority", path).json()["items"] == []
    assert refused(ask("foreign_authority", f"{path}&region_id={cast.city.pk}")) == (404, "not_found")
    assert refused(ask("authority", "figures/no-such/rows/numerator")) == (404, "not_found")
    assert refused(ask("authority", "figures/valid-rate/rows/everything")) == (409, "unknown_part")


def test_new_since_the_plan_began_counts_more_than_since_january(cast, planned, ask):
    """Certified on 1 January 2024: new for a plan that began on that day, not for the year 2026."""
    equip(cast, cast.scale)
    path = "figures/public-standards-new/rows/numerator?on=2026-12-31"
    assert len(ask("authority", f"{path}&begins={FIRST.isoformat()}").json()["items"]) == 1
    assert ask("authority", path).json()["items"] == []
