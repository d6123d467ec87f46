"""Several words in a row."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def listed(words: Iterable[object]) -> str:
    """The words, one after the other, parted as the reader's language parts them (Chinese by 、)."""
    return pgettext("list", ", ").join(map(str, words))
