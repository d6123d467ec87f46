"""Why a file of results, or one entry in it, was not taken: in words, with what to do next."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

REFUSALS = {
    "damaged": gettext_noop(
        "The file is damaged, or none of a device. Export it there again; nothing of it was entered."
    ),
    "not_results": gettext_noop("This is no file of results of a round. Choose the file that the device exported."),
    "foreign_deployment": gettext_noop("The file was made for another platform (%(deployment)s). Send it there."),
    "other_round": gettext_noop("The file belongs to round %(number)s. Open that round and send it there."),
    "unknown_package": gettext_noop(
        "The file names a package that was not taken out of this platform. Ask whose device it comes from."
    ),
    "other_person": gettext_noop("The package was taken out by %(person)s, who has to log in to synchronise it."),
    "other_device": gettext_noop(
        "The package was copied to another device. Synchronise from the one that took it out."
    ),
    "altered": gettext_noop("The file was altered after the device had sealed it. Export it on the device again."),
    "stale": gettext_noop("Round %(number)s is closed. The file is kept; ask the manager of the body."),
}
NOT_KEPT = gettext_noop(
    "%(why)s This file isn’t kept: %(most)s refused files of yours, or 200 MB, are kept of this round already. "
    "Leave it on the device."
)
ENTRY_REFUSALS = {
    "doubled": gettext_noop("The device has said something else under this number before; that stands."),
    "entry_malformed": gettext_noop("The entry lacks a part. It stays in the file that is kept."),
    "day_ahead": gettext_noop("The day lies ahead: set the clock of the device, and enter it again."),
    "day_before": gettext_noop("The day lies before the round was taken out: set the clock of the device."),
    "not_of_this_round": gettext_noop("The instrument is none of this round."),
}


def refusal_words(code: str, params: dict[str, Any] | None = None) -> str:
    """A refusal in the language of whoever reads it."""
    template = REFUSALS.get(code) or ENTRY_REFUSALS[code]
    return _(template) % (params or {})
