"""What users are told about their instruments."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import MessageWords

MESSAGES = {
    "instrument.came": MessageWords(_("Now in your ledger: %(instrument)s"), _("It came from %(other)s. %(reason)s")),
    "instrument.went": MessageWords(_("No longer yours: %(instrument)s"), _("It went to %(other)s. %(reason)s")),
    "instrument.moved": MessageWords(_("Moved: %(instrument)s"), _("It now stands at: %(place)s. %(reason)s")),
    "transfer.offered": MessageWords(
        _("Offered to you: %(instrument)s"), _("%(other)s offers it. Accept or decline. %(reason)s")
    ),
    "transfer.accepted": MessageWords(
        _("Taken over: %(instrument)s"), _("%(other)s has accepted; it is no longer yours.")
    ),
    "transfer.declined": MessageWords(
        _("Declined: %(instrument)s"), _("%(other)s does not take it over; it stays yours. %(reason)s")
    ),
    "transfer.withdrawn": MessageWords(
        _("No longer offered: %(instrument)s"), _("The offer of %(other)s was withdrawn. %(reason)s")
    ),
}
