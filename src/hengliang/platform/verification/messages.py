"""What applicants, parties and laboratories are told."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import MessageWords

MESSAGES = {
    "application.reassigned": MessageWords(
        _("Application %(number)s has a body: %(body)s"), _("The authority assigned it. The body answers next.")
    ),
    "application.returned": MessageWords(
        _("Application %(number)s: %(body)s does not take it on"),
        _("Reason: %(reason)s. The authority finds another body; you applied in time all the same."),
    ),
    "application.refused": MessageWords(
        _("Application %(number)s: %(body)s does not take it on"), _("Reason: %(reason)s. You may ask another body.")
    ),
    "application.raised": MessageWords(
        _("Application %(number)s is with the authority of %(region)s now"),
        _("It was taken a level up: %(reason)s. You need not apply again."),
    ),
    "arbitration.notice": MessageWords(
        _("Notice of arbitration verification %(number)s"),
        _("On %(day)s at %(place)s. Be there; leave the instrument as it is. Who stays away is decided without."),
    ),
    "arbitration.moved": MessageWords(
        _("The day of arbitration verification %(number)s is moved"),
        _(
            "No longer on %(former)s, but on %(day)s at %(place)s. You are notified anew; leave the instrument as it"
            " is."
        ),
    ),
    "arbitration.mediated": MessageWords(
        _("Arbitration %(number)s ended by agreement"),
        _("Both parties agreed on %(day)s. The instrument is free. Each performs what it bears by the agreement."),
    ),
    "arbitration.mediation": MessageWords(
        _("Mediation of %(number)s has begun"),
        _("Nobody is compelled to agree. The terms of the arbitration go on meanwhile."),
    ),
    "arbitration.unmediated": MessageWords(
        _("Mediation of %(number)s ended without an agreement"),
        _("The arbitration goes on as it stood. Either party may go to court."),
    ),
    "arbitration.result": MessageWords(
        _("Result of arbitration verification %(number)s"),
        _("Who does not accept it applies for a second, one level up, until %(day)s. Leave the instrument as it is."),
    ),
    "arbitration.appealed": MessageWords(
        _("A second arbitration was applied for: %(number)s"),
        _("%(party)s does not accept the result. The authority above calls you. Leave the instrument as it is."),
    ),
    "arbitration.final": MessageWords(
        _("Final result of arbitration verification %(number)s"), _("It replaces the first. The instrument is free.")
    ),
    "task.followed": MessageWords(
        _("The verification of %(code)s went to %(user)s with the instrument"),
        _("It was applied for before the transfer and need not be applied for again. The proof names the new user."),
    ),
    "retest.concluded": MessageWords(
        _("What you verified was re-tested: record %(record)s"), _("Both results stand side by side.")
    ),
}
