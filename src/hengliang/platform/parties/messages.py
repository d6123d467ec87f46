"""What users are told about accounts."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import MessageWords

MESSAGES = {
    "mail.undelivered": MessageWords(
        _("A letter to %(to)s could not be sent"),
        _("“%(subject)s” – %(error)s. Check the mail server; then have it sent anew."),
    ),
}
