"""In which of the two languages a report is written for the reader."""

from django.utils.translation import get_language


def report_language() -> str:
    """Either "zh" or "en"."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
