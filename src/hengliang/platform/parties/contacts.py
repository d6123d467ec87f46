"""Where accounts are reached: their e-mail, and the telephone of their organisation."""

from collections.abc import Iterable

from hengliang.platform.core.channels import Recipient
from hengliang.platform.parties.models import Account, OrganisationVersion


def address_book(account_ids: Iterable[int]) -> dict[int, Recipient]:
    """The recipients of these accounts; accounts that are closed are left out."""
    accounts = Account.objects.filter(pk__in=set(account_ids), is_active=True).select_related("person")
    employers = {a.person.organisation_id for a in accounts if a.person and a.person.organisation_id}
    numbers = dict(
        OrganisationVersion.objects.known()
        .filter(organisation__in=employers, valid_to=None)
        .values_list("organisation_id", "telephone")
    )
    return {
        a.pk: Recipient(
            a.pk, str(a), a.email, numbers.get(a.person.organisation_id or 0, "") if a.person else "", a.language
        )
        for a in accounts
    }
