"""Beside the city: e-CQS by sheets, with what came, what differs, what was sent and answered; a service counter by
JSON lines; a webhook to this machine, paused."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings

from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.models import DispatchRow, InboundBatch, OutsideSystem
from hengliang.platform.exchange.ours import ours_of
from hengliang.platform.exchange.outbound import results_to_send
from hengliang.platform.exchange.services import (
    batch_accept,
    batch_read,
    batch_receive,
    dispatch_make,
    outside_id_enter,
    system_enter,
    webhook_enter,
    webhook_suspend,
)
from hengliang.platform.parties.models import Organisation
from hengliang.platform.parties.services import organisation_enter
from hengliang.platform.registry.imports.fields import CHOICES, word_of
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import BODIES, World
from hengliang.platform.verification.models import Task

HEADERS = {
    "code": "本平台编码", "item": "器具类别", "name": "器具名称", "model": "型号规格", "serial_number": "出厂编号",
    "manufacturer": "生产厂家", "owner": "使用单位", "owner_code": "统一社会信用代码", "region": "使用地点行政区划",
    "place": "安装/使用地点", "purpose": "用途", "status": "器具状态",
}  # fmt: skip
Line = dict[str, str]

# Whose instruments `examples/ecqs-ledger.csv` holds, so that the how-to page can be walked through.
TRIED = ("量县示例水果摊", "92990121MA0000001T")


def make_exchange(world: World) -> None:
    """Each of them once."""
    ecqs, counter = _systems(world)
    organisation_enter(actor=world.actor, name=TRIED[0], region=world.counties["量县"], credit_code=TRIED[1])
    lines = _ledger(world)
    if len(lines) < 8:
        return
    authority = staff("authority", world, 30)
    _accepted(authority, ecqs, "强检器具台账-上月.csv", lines)
    _accepted(staff("authority", world, 1), ecqs, "强检器具台账.csv", [*_changed(lines), *_further(lines[0])])
    batch = _brought(staff("authority", world, 0), ecqs, "量县补充备案.csv", _waiting(lines[0]))
    batch_read(actor=staff("authority", world, 0), batch=batch)
    _tasks(world, ecqs)
    _sent(world, ecqs)
    outside_id_enter(
        actor=staff("authority", world, 3), system=counter, value="ZLB-000001",
        organisation=Organisation.objects.filter(credit_code=lines[0]["owner_code"]).first(),
    )  # fmt: skip
    _webhook(world)


def _systems(world: World) -> tuple[OutsideSystem, OutsideSystem]:
    authority = Organisation.objects.get(name="衡城市市场监督管理局")
    bodies = [world.bodies[BODIES[0]]]
    actor = staff("authority", world, 40)
    ecqs = system_enter(
        actor=actor, code="ecqs", name="全国强检平台（e-CQS）", kind=OutsideSystem.Kind.NATIONAL, profile="ecqs-sheet",
        adapter="sheet_file", operator="示例：国家级平台", owner=authority,
        region=world.city, bodies=bodies,
    )  # fmt: skip
    counter = system_enter(
        actor=actor, code="shengban", name="省级办事窗口", kind=OutsideSystem.Kind.COUNTER, profile="service-counter",
        adapter="json_lines_file", operator="示例：省级平台", owner=authority,
        region=world.city, bodies=bodies,
    )  # fmt: skip
    return ecqs, counter


def _ledger(world: World) -> list[Line]:
    """What e-CQS holds of 量县: instruments of ours under numbers of its own."""
    rows = InstrumentState.objects.current().whole().filter(region=world.counties["量县"], status=IN_USE)
    rows = rows.exclude(owner__credit_code=None).exclude(instrument__in=Task.objects.values("instrument"))
    chosen = [entry.instrument for entry in rows.select_related("instrument").order_by("instrument")[:14]]
    said = ours_of(chosen, world.actor.today)
    lines = [said[one.pk] | {"code": one.code} for one in chosen]
    return [line | {"outside_id": f"34012026{number:06d}"} for number, line in enumerate(lines, start=1)]


def _changed(lines: Sequence[Line]) -> list[Line]:
    """The same a month later: two places, a state and a maker's name are others there, one is missing."""
    told = [dict(line) for line in lines[:-1]]
    told[1]["place"] = f"{told[1]['place']}（已迁至二楼）"
    told[2]["place"] = "临时摊位区"
    told[3]["status"] = "stopped"
    told[4]["manufacturer"] = "衡城衡器厂"
    told[5]["serial_number"] = f"{told[5]['serial_number']}A"
    return told


def _further(like: Line) -> list[Line]:
    """Rows that e-CQS has besides: a new one, one of no kind that we know, one of another city, one without number."""
    base = dict(like) | {"code": "", "place": "量县新城路1号"}
    return [
        base | {"outside_id": "34012026000101", "serial_number": "NEW-0001"},
        base | {"outside_id": "34012026000102", "serial_number": "NEW-0002", "item": "智能称重机器人"},
        base | {"outside_id": "34012026000103", "serial_number": "NEW-0003", "region": "999999"},
        base | {"outside_id": "", "serial_number": "NEW-0004"},
    ]


def _waiting(like: Line) -> list[Line]:
    base = dict(like) | {"code": "", "place": "量县站前路8号"}
    return [base | {"outside_id": f"3401202600020{n}", "serial_number": f"BC-000{n}"} for n in range(1, 4)]


def _sheet(lines: Sequence[Line]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["强检器具编号", *HEADERS.values()])
    for line in lines:
        words = [word_of(key).get(line[key], line[key]) if key in CHOICES else line[key] for key in HEADERS]
        writer.writerow([line["outside_id"], *words])
    return file.getvalue().encode()


def _brought(actor: Actor, system: OutsideSystem, name: str, lines: Sequence[Line]) -> InboundBatch:
    return batch_receive(
        actor=actor, system=system, kind="ledger", file_name=name, chunks=[_sheet(lines)], stated_on=actor.today
    )


def _accepted(actor: Actor, system: OutsideSystem, name: str, lines: Sequence[Line]) -> None:
    batch_accept(actor=actor, batch=batch_read(actor=actor, batch=_brought(actor, system, name, lines)))


def _tasks(world: World, system: OutsideSystem) -> None:
    """Two tasks that users applied for there; one of an instrument that nobody here knows."""
    manager = staff("manager", world, 2)
    body = world.bodies[BODIES[0]]
    rows = InstrumentState.objects.current().whole().under_control().filter(body=body)
    entry = rows.exclude(instrument__in=Task.objects.values("instrument")).select_related("instrument", "owner").first()
    if entry is None:
        return
    lines = [
        ["YY202600001", entry.instrument.code, entry.owner.name, "现场", "上午到场"],
        ["YY202600002", "7K3MZQ9RWA", entry.owner.name, "送检", ""],
    ]
    headers = ["预约单号", "本平台编码", "使用单位", "送检方式", "备注"]
    text = "\n".join(",".join(line) for line in [headers, *lines])
    batch = batch_receive(
        actor=manager, system=system, kind="tasks", file_name="预约任务.csv", chunks=[text.encode()]
    )  # fmt: skip
    batch_accept(actor=manager, batch=batch_read(actor=manager, batch=batch))


def _sent(world: World, system: OutsideSystem) -> None:
    """Results of the last weeks, of which the other side took all but one."""
    manager = staff("manager", world, 1)
    until = manager.today - timedelta(days=2)
    if not results_to_send(system, manager, until).exists():
        return
    sheet = dispatch_make(actor=manager, system=system, kind="results", until=until)
    keys = list(DispatchRow.objects.filter(dispatch=sheet).order_by("number").values_list("key", flat=True))
    lines = ["对方流水号,处理结果,原因,平台证书编号"]
    for place, key in enumerate(keys[:-1]):
        lines.append(f"{key},失败,证书有效期与目录周期不符," if place == 1 else f"{key},成功,,ZS2026{place:05d}")
    batch = batch_receive(
        actor=manager, system=system, kind="receipts", file_name="结果回执.csv", chunks=["\n".join(lines).encode()]
    )
    batch_accept(actor=manager, batch=batch_read(actor=manager, batch=batch))


def _webhook(world: World) -> None:
    """To a program on this machine, paused: the operator allows loopback first (HENGLIANG_WEBHOOK_NETWORKS)."""
    before, settings.WEBHOOK_NETWORKS = settings.WEBHOOK_NETWORKS, ["127.0.0.0/8"]
    try:
        manager = staff("manager", world, 1)
        hook, _secret = webhook_enter(
            actor=manager, organisation=world.bodies[BODIES[0]], url="http://127.0.0.1:9080/hook",
            events=["certificate.issued", "certificate.withdrawn", "task.applied"], description="本所业务系统（演示）",
        )  # fmt: skip
        webhook_suspend(actor=manager, webhook=hook, reason="演示：默认不推送")
    finally:
        settings.WEBHOOK_NETWORKS = before
