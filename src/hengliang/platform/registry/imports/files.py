"""Sheets that go out: the template, the ledger as it can be imported again, and the rows that were refused."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import xlsxwriter
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.table.export import SHEET_CELL, escape_formula
from hengliang.platform.registry.imports.fields import CHOICES, FIELDS, title_of, word_of
from hengliang.platform.registry.models import CatalogueItem

Form = Literal["xlsx", "csv"]
SHEET = "台账"
CHOICE_SHEET = "可选值"


def template() -> bytes:
    """An empty sheet with headers, an example row, choices to pick from, and a sheet that lists them."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        sheet, choices = book.add_worksheet(SHEET), book.add_worksheet(CHOICE_SHEET)
        must, may = book.add_format({"bold": True, "bg_color": "#E6EEF8"}), book.add_format({"bold": True})
        text = book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for at, field in enumerate(FIELDS):
            sheet.write_string(
                0, at, f"{field.header}*" if field.required else field.header, must if field.required else may
            )
            sheet.set_column(at, at, max(12, len(field.header) * 2.2), text)
            sheet.write_string(1, at, field.example)
            if field.key in CHOICES:
                sheet.data_validation(
                    1, at, 100_000, at, {"validate": "list", "source": list(word_of(field.key).values())}
                )
        _list_choices(choices, may)
    return file.getvalue()


def _list_choices(sheet: Any, bold: Any) -> None:
    lists = {title_of(key): list(word_of(key).values()) for key in CHOICES}
    lists[title_of("item")] = list(CatalogueItem.objects.order_by("rank", "code").values_list("name", flat=True))
    for at, (title, words) in enumerate(lists.items()):
        sheet.set_column(at, at, 24)
        sheet.write_string(0, at, title, bold)
        for row, word in enumerate(words, start=1):
            sheet.write_string(row, at, word)


_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def spread(headers: Sequence[str], rows: Iterable[Sequence[str]], form: Form) -> Iterator[bytes]:
    """Headers and rows as a file, piece by piece; nothing in it is a formula."""
    return _csv(headers, rows) if form == "csv" else _xlsx(headers, rows)


def _csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(headers)
    yield b"\xef\xbb\xbf"
    for count, row in enumerate(rows, start=1):
        writer.writerow([escape_formula(cell) for cell in row])
        if count % 1000 == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _xlsx(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        with xlsxwriter.Workbook(file, {"constant_memory": True, **_STREAM}) as book:
            sheet = book.add_worksheet(SHEET)
            bold = book.add_format({"bold": True})
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, headers, bold)
            for number, row in enumerate(rows, start=1):
                for at, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, at, cell[:SHEET_CELL])
        file.seek(0)
        while piece := file.read(1 << 16):
            yield piece


_STREAM = {"strings_to_formulas": False, "strings_to_urls": False}


def headers() -> list[str]:
    """The headers of all fields, in the reader's language."""
    return [title_of(field.key) for field in FIELDS]


def fault_headers() -> list[str]:
    """The headers of a file of refused rows: what was sent, and what is wrong with it."""
    return [_("Row"), *headers(), _("Columns at fault"), _("What is wrong"), _("What to do")]
