"""What stands on a page for people: a text, or a translation made when the page is."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language

Words = str | Promise


def titled(title: Mapping[str, str]) -> str:
    """A text of a rule in the reader's language."""
    return title["zh"] if (get_language() or "zh").startswith("zh") else title["en"]
