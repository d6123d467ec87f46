"""What an empty list says: what belongs here, and how to begin."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..words import Words

NOTHING = _("Nothing here yet")


@dataclass(frozen=True)
class Empty:
    """The words of an empty list, and the link with which to begin."""

    title: Words = NOTHING
    says: Words = ""
    verb: Words = ""
    url: str = ""
