"""The receipts for the sender of a file: each row with what became of it and why."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hengliang.platform.exchange.models import InboundBatch
from hengliang.platform.exchange.reasons import field_title, reason_words, shown_value
from hengliang.platform.exchange.selectors import row_list


def receipt_headers() -> list[str]:
    """The headers of the sheet, in the reader's language."""
    return [
        _("Row"), _("Their number"), _("Code here"), _("Outcome"), _("Receipt"), _("Reason"), _("What differs"),
    ]  # fmt: skip


def receipt_rows(batch: InboundBatch) -> Iterator[list[str]]:
    """The rows of the sheet."""
    for row in row_list(batch).iterator(chunk_size=2000):
        differing = (
            f"{field_title(one['field'])}：{shown_value(one['field'], one['theirs'])} ≠"
            f" {shown_value(one['field'], one['ours'])}"
            for one in row.differences
        )
        yield [
            str(row.number), row.outside_id, row.instrument.code if row.instrument else "",
            str(row.get_outcome_display()), str(row.get_receipt_display()), reason_words(row.code, row.params),
            "；".join(differing),
        ]  # fmt: skip
