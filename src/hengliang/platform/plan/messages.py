"""What units are told about resolutions of a joint conference."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.messages import MessageWords

SOON, LATE = "resolution.due_soon", "resolution.overdue"
MESSAGES = {
    SOON: MessageWords(_("A resolution falls due on %(due_on)s"), _("%(unit)s: %(text)s (%(meeting)s)")),
    LATE: MessageWords(_("A resolution is overdue since %(due_on)s"), _("%(unit)s: %(text)s (%(meeting)s)")),
}
