"""Sheets that the tests send."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services import import_read, import_receive

HEADERS = ("目录项目", "出厂编号", "型号规格", "生产厂家", "使用单位", "行政区划", "用途")
ROW = ("燃油加油机", "S1", "JYJ-50", "示例仪器厂", "量县加油站", "量县", "贸易结算")


def row(**told: str) -> tuple[str, ...]:
    """A good row, with what is told in place of what it has: `row(出厂编号="S2")`."""
    return tuple(told.get(header, cell) for header, cell in zip(HEADERS, ROW, strict=True))


def csv_of(*rows: Sequence[str], headers: Sequence[str] = HEADERS) -> bytes:
    """The sheet as CSV."""
    return "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in (headers, *rows)).encode()


def xlsx_of(rows: Sequence[Sequence[Any]], headers: Sequence[str] = HEADERS, **more: Any) -> bytes:
    """The sheet as a workbook; `more` calls methods of its sheet: `merge_range=(1, 4, 3, 4, "…")`."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, headers)
        for at, cells in enumerate(rows, start=1):
            sheet.write_row(at, 0, cells)
        for method, args in more.items():
            getattr(sheet, method)(*args)
    return file.getvalue()


def send(cast: Any, content: bytes, who: str = "authority", **told: Any) -> InstrumentImport:
    """Send a sheet and have it read."""
    actor = cast.actor(who)
    batch = import_receive(actor=actor, file_name="台账.xlsx", chunks=[content], **told)
    return import_read(actor=actor, batch=batch)
