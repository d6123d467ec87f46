"""What users are told about orders."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import MessageWords

MESSAGES = {
    "order.reminder": MessageWords(
        _("Reminder: verification is due (%(count)s)"), _("First of them: %(instrument)s. %(reason)s")
    ),
    "order.rectification": MessageWords(
        _("Rectification ordered by %(due_by)s (%(count)s)"), _("First of them: %(instrument)s. %(reason)s")
    ),
    "order.closed": MessageWords(_("Order closed: %(instrument)s"), "%(reason)s"),
    "order.withdrawn": MessageWords(_("Order withdrawn: %(instrument)s"), "%(reason)s"),
}
