"""The applicant is told what became of an application."""

from django.urls import reverse

from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import HOLDER_ROLES
from hengliang.platform.core.services import notify
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.verification.models import Application


def tell_applicant(act: Act, application: Application, kind: str, **params: str) -> None:
    """Tell those who act for the applicant; to be called inside the act."""
    applicant = application.applicant_id
    notify(
        accounts=accounts_of([applicant], HOLDER_ROLES, act.on).get(applicant, ()),
        kind=kind, at=act.at, act=act, url=reverse("verification:application", args=[application.pk]),
        number=application.number, **params,
    )  # fmt: skip
