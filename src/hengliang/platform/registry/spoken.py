"""Names of the catalogue in the language of the page. The English ones are our translation, not official.

A ledger, a certificate and a record hold the Chinese name, which is the law's; it is spoken in English where the page
is. What somebody called by a name of their own stays as they called it.
"""

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language

from hengliang.norms.catalogue import catalogue_of
from hengliang.norms.model import Norm
from hengliang.platform.core.rules import rules

NORM = "catalogue/mandatory"


def spoken(name: str) -> str:
    """A name as the page says it: the English one of the catalogue where the page is English and has one."""
    if not (get_language() or "").startswith("en"):
        return name
    return _english(rules()[NORM]).get(name, name)


@lru_cache(maxsize=4)
def _english(norm: Norm) -> Mapping[str, str]:
    """English by Chinese names, those of later editions before earlier ones."""
    editions = [value for value in norm.editions() if not value.repealed]
    return {item.zh: item.en for value in editions for item in catalogue_of(value).values() if item.en}
