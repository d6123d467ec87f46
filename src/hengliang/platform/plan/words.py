"""Indicators in the reader's language."""

from django.utils.translation import get_language

from hengliang.norms.indicators import Indicator


def title_of(indicator: Indicator) -> str:
    """The indicator's name in the reader's language."""
    return indicator.title["en" if (get_language() or "").startswith("en") else "zh"]


def definition_of(indicator: Indicator) -> str:
    """Its definition in the reader's language."""
    return indicator.definition["en" if (get_language() or "").startswith("en") else "zh"]
