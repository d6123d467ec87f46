"""Exports of exactly what is seen: the rows that match, in the order and columns shown. Nothing is a formula."""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from ..values import ABSENT_WORDS, Absent
from .column import Column
from .errors import TooManyRows

SHEET_ROWS = 1_048_575
SHEET_CELL = 32_767
# Spreadsheets with an East Asian locale also take the full-width signs for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 2_000


def escape_formula(text: str) -> str:
    """Text that a spreadsheet reads as text: what could start a formula gets an apostrophe in front.

    A text that already starts with apostrophes before such a sign gets one more, so that the way back is exact.
    """
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def unescape_formula(text: str) -> str:
    """The way back, for imports: what `escape_formula` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def cell_value(value: Any) -> str | int | float | Decimal | dt.date | dt.datetime | None:
    """A value as it goes into a sheet; an absence with a reason is written in words, an empty field is empty."""
    if value is None or value is Absent.EMPTY:
        return None
    if isinstance(value, Absent):
        return str(ABSENT_WORDS[value])
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, (int, float, Decimal, dt.date)):
        return value
    return str(value)


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """The lines of a CSV file with byte order mark, so that Excel reads it as UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([escape_formula(column.heading()) for column in columns])
    for row in rows:
        yield writer.writerow([_csv_cell(column.exported(row)) for column in columns])


def _csv_cell(value: Any) -> str:
    value = cell_value(value)
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds")
    return escape_formula(value) if isinstance(value, str) else str(value)


def csv_response(name: str, columns: Sequence[Column], rows: Any) -> StreamingHttpResponse:
    """A CSV download that is written while the rows are read."""
    lines = csv_lines(columns, rows.iterator(chunk_size=CHUNK))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = _attachment(f"{name}.csv")
    return response


def write_sheet(target: IO[bytes], columns: Sequence[Column], rows: Iterable[Any]) -> int:
    """Write a workbook row by row in constant memory and give how many rows it holds. Raises TooManyRows."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet()
    formats: dict[type, Any] = {
        dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    heading = book.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(10, min(40, 2 * len(column.heading()) + 2)))
        sheet.write_string(0, place, column.heading(), heading)
    sheet.freeze_panes(1, 0)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count > SHEET_ROWS:
            raise TooManyRows(f"more than {SHEET_ROWS} rows; narrow the list or export CSV")
        for place, column in enumerate(columns):
            _write(sheet, count, place, cell_value(column.exported(row)), formats)
    book.close()
    return count


def _write(sheet: Any, line: int, place: int, value: Any, formats: dict[type, Any]) -> None:
    if value is None:
        return
    if isinstance(value, (dt.datetime, dt.date)):
        sheet.write_datetime(line, place, value, formats[type(value)])
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(line, place, value)
    else:
        # A sheet's cell ends at 32,767 characters and XlsxWriter drops a longer text whole: better cut, and marked.
        text = value if len(value) <= SHEET_CELL else value[: SHEET_CELL - 1] + "…"
        sheet.write_string(line, place, text)


def xlsx_response(name: str, columns: Sequence[Column], rows: Any) -> FileResponse:
    """A workbook download. Raises TooManyRows before anything is sent."""
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    write_sheet(target, columns, rows.iterator(chunk_size=CHUNK))
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx")


def _attachment(filename: str) -> str:
    return content_disposition_header(True, filename) or "attachment"
