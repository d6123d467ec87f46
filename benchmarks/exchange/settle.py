"""Many differences settled at once, beside the same settled one after the other.

Keeping ours and linking write the acts of all together; taking theirs goes through the acts of the ledger, one
difference after the other. Each is printed beside the same act on one after the other, with the statements asked.
Target: keeping or linking 300 takes at most 2 s; taking 50, as many as a page lets one, at most 5 s.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from benchmarks.registry import own_database

TOGETHER, BY_LEDGER = 2.0, 5.0


def main() -> None:
    """Print what many at once take, and one by one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="60 instead of 300, 10 instead of 50")
    quick = parser.parse_args().quick
    many, few = (60, 10) if quick else (300, 50)
    with own_database("hengliang_bench_settle"), tempfile.TemporaryDirectory() as folder:
        _settle(Path(folder), many, few)


def _settle(folder: Path, many: int, few: int) -> None:
    from django.conf import settings
    from tests.platform.cast import make_cast

    from hengliang.platform.core.rights import Actor
    from hengliang.platform.exchange import services
    from hengliang.platform.registry.services import catalogue_load

    settings.MEDIA_ROOT = folder / "media"
    cast = make_cast()
    catalogue_load(actor=Actor.system("bench"))
    actor, told = cast.actor("authority"), {"reason": "现场核实"}
    kept, (first, *taken), linked = _differences(cast, many + few, few + 1, many + few)

    def each(act: Callable[..., Any], more: Callable[[Any], dict[str, Any]], found: Sequence[Any]) -> None:
        for one in found:
            act(actor=actor, discrepancy=one, **told, **more(one))

    def all_at_once(act: Callable[..., Any], found: Sequence[Any]) -> None:
        assert not any(act(actor=actor, discrepancies=found, **told))

    nothing: Callable[[Any], dict[str, Any]] = lambda _one: {}  # noqa: E731
    same: Callable[[Any], dict[str, Any]] = lambda one: {"instrument": one.proposed}  # noqa: E731
    _timed("keep, one by one", partial(each, services.discrepancy_keep, nothing), kept[:few], None)
    _timed("keep, at once", partial(all_at_once, services.discrepancies_keep), kept[few:], TOGETHER)
    _timed("link, one by one", partial(each, services.discrepancy_link, same), linked[:few], None)
    _timed("link, at once", partial(all_at_once, services.discrepancies_link), linked[few:], TOGETHER)
    each(services.discrepancy_take, nothing, [first])  # the first one reads norms, once in a process
    _timed("take, one by one", partial(each, services.discrepancy_take, nothing), taken, BY_LEDGER)


def _differences(cast: Any, *counts: int) -> list[list[Any]]:
    """So many that differ in the place, again, and that are perhaps the same."""
    from tests.platform.exchange.files import accepted, row

    from hengliang.platform.exchange.models import Discrepancy
    from hengliang.platform.exchange.services import system_enter
    from hengliang.platform.registry.services import instrument_accept, instrument_file

    system = system_enter(
        actor=cast.actor("authority"), code="ecqs", name="e-CQS", kind="national", owner=cast.authority,
        region=cast.city, profile="ecqs-sheet", adapter="sheet_file",
    )  # fmt: skip

    def filed(number: str, **told: Any) -> None:
        made = instrument_file(
            actor=cast.actor("owner"), item=cast.dispenser, owner=cast.enterprise, region=cast.county, purpose="trade",
            body=cast.body, place="1号岛", model="JYJ-50", manufacturer="示例仪器厂", serial_number=number,
            name="加油机", **told,
        )  # fmt: skip
        instrument_accept(actor=cast.actor("authority"), instrument=made)

    kept, taken, _linked = counts
    numbers = [f"{n:05d}" for n in range(sum(counts))]
    for number in numbers[: kept + taken]:
        filed(f"A{number}", codes={"ecqs": f"E{number}"})
    for number in numbers[kept + taken :]:
        filed(f"A{number}")
    other = {"安装/使用地点": "9号岛"}
    rows = [
        row(强检器具编号=f"E{number}", 出厂编号=f"A{number}", **(other if n < kept + taken else {}))
        for n, number in enumerate(numbers)
    ]
    accepted(cast, system, rows)
    found = list(Discrepancy.objects.filter(state="open").select_related("system", "instrument", "proposed"))
    found.sort(key=lambda one: str(one.outside_id))
    assert len(found) == len(numbers)
    cuts = [0, kept, kept + taken, len(numbers)]
    return [found[a:b] for a, b in pairwise(cuts)]


def _timed(what: str, call: Callable[[Sequence[Any]], Any], found: Sequence[Any], target: float | None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        began, cpu = time.perf_counter(), time.process_time()
        call(found)
        spent, here = time.perf_counter() - began, time.process_time() - cpu
    told = "" if target is None else "met" if spent <= target else "MISSED"
    each = 1000 * spent / len(found)
    print(f"{what:<20}{len(found):5d} {spent:8.2f} s {each:8.2f} ms each (CPU here {1000 * here / len(found):7.2f} ms)"
          f" {len(asked):6d} statements {told}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
