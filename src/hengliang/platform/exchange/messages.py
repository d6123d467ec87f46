"""What those who subscribed are told."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import MessageWords

MESSAGES = {
    "webhook.given_up": MessageWords(
        _("An event could not be delivered: %(event)s"),
        _("%(address)s did not take it in %(tries)s attempts; the last answer was %(answer)s. It can be sent again."),
    ),
}
