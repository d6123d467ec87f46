"""Files of outside systems, as the tests send them."""

from collections.abc import Sequence
from typing import Any

from hengliang.platform.exchange.models import InboundBatch, InboundRow, OutsideSystem
from hengliang.platform.exchange.services import batch_accept, batch_read, batch_receive
from tests.platform.cast import Cast
from tests.platform.registry.sheets import csv_of

HEADERS = (
    "强检器具编号", "器具类别", "器具名称", "型号规格", "出厂编号", "生产厂家", "使用单位", "统一社会信用代码",
    "使用地点行政区划", "安装/使用地点", "用途", "器具状态",
)  # fmt: skip
ROW = (
    "3401000001", "燃油加油机", "加油机", "JYJ-50", "A1", "示例仪器厂", "量县加油站", "91990121MA00000016", "量县",
    "1号岛", "贸易结算", "在用",
)  # fmt: skip


def row(**told: str) -> tuple[str, ...]:
    """A good row with what is told in place of what it has: `row(出厂编号="A2")`."""
    return tuple(told.get(header, cell) for header, cell in zip(HEADERS, ROW, strict=True))


def received(
    cast: Cast, system: OutsideSystem, rows: Sequence[Sequence[str]], who: str = "authority", **told: Any
) -> InboundBatch:
    """A file, received and compared."""
    headers = told.pop("headers", HEADERS)
    actor = cast.actor(who, *([told.pop("at")] if "at" in told else []))
    chunks = told.pop("chunks", None) or [csv_of(*rows, headers=headers)]
    batch = batch_receive(
        actor=actor, system=system, kind=told.pop("kind", "ledger"), file_name="e-CQS.csv", chunks=chunks, **told
    )
    return batch_read(actor=actor, batch=batch)


def accepted(
    cast: Cast, system: OutsideSystem, rows: Sequence[Sequence[str]], who: str = "authority", **told: Any
) -> InboundBatch:
    """A file, received, compared and accepted."""
    at = [told["at"]] if "at" in told else []
    return batch_accept(actor=cast.actor(who, *at), batch=received(cast, system, rows, who, **told))


def line(batch: InboundBatch, number: int = 2) -> InboundRow:
    """A row of a batch, by its number in the file."""
    return InboundRow.objects.get(batch=batch, number=number)
