"""What users are told about their instruments."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import MessageWords

MESSAGES = {
    "instrument.came": MessageWords(_("Now in your ledger: %(instrument)s"), _("It came from %(other)s. %(reason)s")),
    "instrument.went": MessageWords(_("No longer yours: %(instrument)s"), _("It went to %(other)s. %(reason)s")),
    "instrument.moved": MessageWords(_("Moved: %(instrument)s"), _("It now stands at: %(place)s. %(reason)s")),
}
