"""Who is told about proofs: the users of the instruments."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.messages import MessageWords
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import HOLDER_ROLES, Actor
from hengliang.platform.core.services import notify
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.registry.codes import spaced

MESSAGES = {
    "certificate.issued": MessageWords(_("Proof issued: %(instrument)s"), _("Number %(number)s.")),
    "certificate.cancelled": MessageWords(
        _("Proof cancelled: %(instrument)s"), _("Number %(number)s. The instrument failed: %(reason)s. Stop its use.")
    ),
    "certificate.withdrawn": MessageWords(_("Proof withdrawn: %(instrument)s"), _("Number %(number)s. %(reason)s")),
}


def tell_owner(actor: Actor, act: Act, certificate: Certificate, kind: str) -> None:
    """Tell the accounts of the user what became of a proof."""
    named = certificate.content["instrument"]
    notify(
        accounts=accounts_of([certificate.owner_id], HOLDER_ROLES, actor.today).get(certificate.owner_id, ()),
        kind=kind,
        at=actor.at,
        act=act,
        url=reverse("certificates:certificate", args=[certificate.pk]),
        instrument=f"{named['name']} {spaced(named['code'])}",
        number=certificate.number,
        reason=act.reason,
    )
