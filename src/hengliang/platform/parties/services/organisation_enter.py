"""An organisation enters the platform."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Region, begin
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.search import search_text
from hengliang.platform.parties.credit_code import credit_code as checked
from hengliang.platform.parties.models import Organisation, OrganisationVersion


def organisation_enter(
    *,
    actor: Actor,
    name: str,
    region: Region,
    credit_code: str = "",
    name_en: str = "",
    address: str = "",
    contact: str = "",
    telephone: str = "",
    is_verification_body: bool = False,
    is_market: bool = False,
) -> Organisation:
    """The organisation, with its first dated version from today.

    Errors: `CreditCodeRefused`; `InputRefused` for a code that stands here already; `NotPermitted`.
    """
    permit(actor, "organisation_enter", region_id=region.pk)
    code = checked(credit_code) if credit_code else None
    if code and Organisation.objects.filter(credit_code=code).exists():
        raise InputRefused(
            "credit_code_taken", "An organisation with this credit code is entered already.", field="credit_code"
        )
    with perform(actor, "organisation_enter", region_id=region.pk) as act:
        act.subject = organisation = Organisation.objects.create(
            act=act,
            credit_code=code,
            name=name,
            name_en=name_en,
            region=region,
            is_verification_body=is_verification_body,
            is_market=is_market,
            search_text=search_text(name, code or "", name_en),
        )
        begin(
            OrganisationVersion,
            act=act,
            on=act.on,
            organisation=organisation,
            name=name,
            name_en=name_en,
            region=region,
            address=address,
            contact=contact,
            telephone=telephone,
        )
        act.content = {"name": name, "credit_code": code}
    return organisation
