"""What applicants, parties and laboratories are told."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import MessageWords

MESSAGES = {
    "application.reassigned": MessageWords(
        _("Application %(number)s has a body: %(body)s"), _("The authority assigned it. The body answers next.")
    ),
    "arbitration.notice": MessageWords(
        _("Notice of arbitration verification %(number)s"),
        _("On %(day)s at %(place)s. Be there; leave the instrument as it is. Who stays away is decided without."),
    ),
    "retest.concluded": MessageWords(
        _("What you verified was re-tested: record %(record)s"), _("Both results stand side by side.")
    ),
}
