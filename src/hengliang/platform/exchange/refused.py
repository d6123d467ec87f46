"""The refused rows of a file as a file: what was sent, and beside it the row, the columns at fault, the reason and the
remedy. Mended, it is brought in like any other; what it holds besides is passed over."""

import json
from collections.abc import Iterator
from typing import Literal

from django.utils.translation import gettext as _

from hengliang.platform.exchange.models import InboundBatch, InboundRow
from hengliang.platform.exchange.profiles import Profile, read_profile
from hengliang.platform.exchange.reasons import faults_in
from hengliang.platform.registry.imports.cells import UNCLEAR
from hengliang.platform.registry.imports.fields import CHOICES, word_of
from hengliang.platform.registry.imports.files import spread

Form = Literal["xlsx", "csv", "jsonl"]
_AT_ONCE = 2_000


def refused_file(batch: InboundBatch, form: Form) -> Iterator[bytes]:
    """The file, piece by piece; nothing in it is a formula."""
    headers = [header for _field, header in batch.headers]
    further = [_("Row in the file"), _("Columns at fault"), _("What is wrong"), _("What to do")]
    lines = _lines(batch)
    if form == "jsonl":
        return (_object([*headers, *further], line) for line in lines)
    return spread([*headers, *further], lines, form)


def _object(names: list[str], line: list[str]) -> bytes:
    told = {name: cell for name, cell in zip(names, line, strict=True) if cell}
    return (json.dumps(told, ensure_ascii=False) + "\n").encode()


def _lines(batch: InboundBatch) -> Iterator[list[str]]:
    profile = read_profile(batch.profile_used)
    fields = [field for field, _header in batch.headers]
    rows = InboundRow.objects.filter(batch=batch, outcome=InboundRow.Outcome.REFUSED).order_by("number")
    for row in rows.iterator(chunk_size=_AT_ONCE):
        found = faults_in(row)
        yield [
            *(_as_sent(profile, field, row.cells.get(field, "")) for field in fields),
            str(row.number),
            "；".join(dict.fromkeys(one.column for one in found if one.column)),
            "；".join(dict.fromkeys(one.reason for one in found)),
            "；".join(dict.fromkeys(one.remedy for one in found if one.remedy)),
        ]


def _as_sent(profile: Profile, field: str, cell: str) -> str:
    """A cell in words that are read again; what was not understood as it stood there."""
    if cell.startswith(UNCLEAR):
        return cell[len(UNCLEAR) :]
    if field in CHOICES and cell in word_of(field):
        return word_of(field)[cell]
    return next(iter(profile.values.get(field, {}).get(cell, ())), cell)
