"""The span for which a paper is good."""

from datetime import date

from hengliang.platform.core.errors import InputRefused


def require_period(valid_from: date, valid_until: date) -> None:
    """Refuse a span that ends before it begins."""
    if valid_until < valid_from:
        raise InputRefused(
            "period_backwards", "The last day lies before the first. Correct one of them.", field="valid_until"
        )
