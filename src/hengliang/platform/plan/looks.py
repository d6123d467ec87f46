"""How a target stands, in words with a colour and a shape."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.looks import Look

LOOKS = {
    "progress.reached": Look(_("Reached"), "good"),
    "progress.on_path": Look(_("On the expected path"), "good"),
    "progress.behind": Look(_("Behind the expected path"), "warning"),
    "progress.missed": Look(_("Missed at the deadline"), "bad"),
    "progress.open": Look(_("Not yet reached"), "neutral"),
    "progress.unknown": Look(_("Unknown"), "open"),
    "progress.no_source": Look(_("No source"), "open"),
    "progress.untied": Look(_("Tied to no indicator yet"), "neutral"),
    "progress.unrated": Look(_("Not rated yet"), "neutral"),
    "rating.reached": Look(_("Rated: reached"), "good"),
    "rating.largely": Look(_("Rated: largely reached"), "good"),
    "rating.partly": Look(_("Rated: partly reached"), "warning"),
    "rating.not": Look(_("Rated: not reached"), "bad"),
    "rating.cannot_say": Look(_("Rated: can’t be judged"), "open"),
}


def look_key(status: str, grade: str = "") -> str:
    """The registered state of a progress."""
    return f"rating.{grade}" if grade else f"progress.{status}"
