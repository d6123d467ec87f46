"""Files of test benches: one of each kind of meter at a different step, one with rejects, one that breaks off."""

from datetime import timedelta
from random import Random
from typing import Any

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.site.demo import bench_files as files
from hengliang.platform.site.demo import long_bench
from hengliang.platform.site.demo.own_bench import draw_up, own_file
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import BODIES, LABORATORY, World
from hengliang.platform.standards.selectors import standards_for
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services import (
    lot_approve,
    lot_issue,
    lot_read,
    lot_receive,
    lot_review,
    lot_submit,
)

Rows = list[list[str]]
DAYS = 14  # how long ago the last of the meters was on the bench
ELECTRICITY, WATER, GAS = "electricity-wide", "water-three-points", "gas-diaphragm"
IN_LEDGER = 6


def make_lots(world: World) -> None:
    """The laboratory's lot of electricity meters, the city body's of water and gas, a file cut in the middle, one of a
    bench with its own profile, and one with a row for each flow point.
    """
    laboratory, body = world.bodies[LABORATORY], world.bodies[BODIES[0]]
    electricity = _made(world, ELECTRICITY, 400, 0.2, accuracy_class="0.5S", connection="经互感器", imax="4")
    _aged(electricity, world)
    _of_the_ledger(electricity, world)
    people = ("meter_verifier", "meter_reviewer", "meter_approver")
    _walk(world, laboratory, "ELEC-02S", ELECTRICITY, electricity, people, "issued", regime="subsequent")
    people = ("verifier", "reviewer", "approver")
    water = _made(world, WATER, 240, 0.45, accuracy_class="2级", q3="40", ratio="R100", water="冷水")
    _walk(world, body, "WATER-L", WATER, water, people, "issued")
    gas = _made(world, GAS, 120, 0.5, accuracy_class="1.5级", qmax="25", qmin="0.16")
    gas[7][_at(GAS, "max_ind_1")] = "----"
    gas[8][_at(GAS, "serial")] = gas[5][_at(GAS, "serial")]
    gas[8][_at(GAS, "maker")] = gas[5][_at(GAS, "maker")]
    _walk(world, body, "GAS-DIA-IND", GAS, gas, people, "reviewed")
    cut = files.sheet(WATER, _made(world, WATER, 30, 0.3, q3="40", ratio="R100", first="5001"))[:-60]
    _received(world, body, "WATER-L", cut, staff("verifier", world, 1), file_name="2号水表台-断.csv")
    own = own_file(_made(world, WATER, 30, 0.4, q3="40", ratio="R100", water="冷水", first="7001"))
    draw_up(world, body, own)
    _received(world, body, "WATER-L", own, staff("verifier", world, 1), file_name="3号水表台.csv")
    rows = _long(_made(world, WATER, 24, 0.4, q3="40", ratio="R100", water="冷水", first="9001"))
    _received(world, body, "WATER-L", rows, staff("verifier", world, 1), file_name="4号水表台-每点一行.csv")


def _made(world: World, profile: str, count: int, spread: float, *, first: str = "1", **attributes: str) -> Rows:
    since = world.actor.today - timedelta(days=DAYS + count // 40)
    made = files.rows(
        shipped()[profile], count, seed=count, first=int(first), spread=spread, since=since, attributes=attributes
    )
    return list(made)


def _long(meters: Rows) -> bytes:
    """A row for each flow point: one point is missing, one stands twice, one row names another maker."""
    head, *rows = long_bench.rows(WATER, meters)
    rows[4][head.index("制造单位")] = "衡城仪表"
    rows.insert(10, list(rows[9]))
    del rows[20]
    return files.sheet(WATER, rows, head=head, encoding="gb18030")


def _at(profile: str, key: str) -> int:
    return [column.key for column in shipped()[profile].columns].index(key)


def _aged(rows: Rows, world: World) -> None:
    """Meters from one to twelve years old; the old ones fail more often."""
    rng = Random(7)  # noqa: S311 - a repeatable city, no secret
    for row in rows:
        age = rng.randint(1, 12)
        row[_at(ELECTRICITY, "made_on")] = f"{world.actor.today.year - age - 1}-06-15"
        if rng.random() < age * age / 900:
            row[_at(ELECTRICITY, "imax_10_1")] = row[_at(ELECTRICITY, "imax_10_2")] = f"{rng.uniform(0.7, 1.6):.2f}"


def _of_the_ledger(rows: Rows, world: World) -> None:
    """Some of them are meters that the ledger has."""
    entries = InstrumentState.objects.on(world.actor.today).filter(instrument__item__code="ELEC-02S")
    for row, entry in zip(rows, entries.select_related("instrument").order_by("pk")[:IN_LEDGER], strict=False):
        row[_at(ELECTRICITY, "serial")] = entry.instrument.serial_number
        row[_at(ELECTRICITY, "maker")] = entry.instrument.manufacturer
        row[_at(ELECTRICITY, "model")] = entry.instrument.model


def _received(world: World, body: Organisation, item: str, content: bytes, actor: Actor, **told: Any) -> Lot:
    kind = world.items[item]
    lot = lot_receive(
        actor=actor, body=body, item=kind, bench="2 号检定台", chunks=[content],
        standards=list(standards_for(body, kind)[:1]), **told,
    )  # fmt: skip
    return lot_read(actor=actor, lot=lot)


def _walk(
    world: World, body: Organisation, item: str, profile: str, rows: Rows, people: tuple[str, str, str], upto: str,
    **told: Any,
) -> None:  # fmt: skip
    verifier, reviewer, approver = (staff(name, world, days) for name, days in zip(people, (6, 5, 4), strict=True))
    content = files.sheet(profile, rows, encoding="gb18030")
    lot = _received(world, body, item, content, verifier, file_name=f"{profile}.csv", **told)
    lot_submit(actor=verifier, lot=lot, leave_out_refused=True)
    lot_review(actor=reviewer, lot=lot)
    if upto == "reviewed":
        return
    lot_approve(actor=approver, lot=lot)
    lot_issue(actor=approver, lot=lot)
