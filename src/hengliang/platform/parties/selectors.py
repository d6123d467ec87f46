"""What parties tell: the actor of an account, roles of a day."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import connection, models
from django.utils import timezone

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.rights import Actor, Grant, Role
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.parties.models import Account, ApiToken, Invitation, Organisation, Person, RoleAssignment


def actor_of(account: Any, at: datetime) -> Actor:
    """The actor that an account is at a moment: its roles of that day, regions with all that lie below them."""
    today = timezone.localdate(at)
    held = RoleAssignment.objects.on(today).filter(account_id=account.pk)
    # The name comes with the roles: every request would ask for the person once more.
    rows = list(held.values_list("role", "organisation_id", "region_id", "account__person__name"))
    grants = tuple(
        Grant(Role(role), organisation, regions_under([region], today) if region else frozenset())
        for role, organisation, region, _name in rows
    )
    name = (rows[0][3] if rows else None) or str(account)
    return Actor(at, account.pk, name, grants)


def person_of(actor: Actor) -> Person:
    """The person behind an actor.

    Errors: `NotPermitted` for an account that stands for nobody: what is signed needs a person.
    """
    account = Account.objects.select_related("person").filter(pk=actor.account_id or 0).first()
    if account is None or account.person is None:
        raise NotPermitted("no_person", "This account stands for no person, and a signature needs one.")
    return account.person


def role_list(organisation: Organisation, on: date) -> "models.QuerySet[RoleAssignment]":
    """Who holds which role at an organisation on a day."""
    rows = RoleAssignment.objects.on(on).filter(organisation=organisation)
    return rows.select_related("account__person").order_by("role")


def token_of(text: str, at: datetime) -> ApiToken | None:
    """The token that a program showed, if it is good at that moment."""
    return (
        ApiToken.objects.select_related("account__person")
        .filter(sha256=token_hash(text), revoked_at=None, expires_at__gt=at, account__is_active=True)
        .first()
    )


def token_hash(text: str) -> str:
    """What is kept of a secret that is shown once."""
    return sha256(text.encode()).hexdigest()


def invitation_of(token: str, at: datetime) -> Invitation | None:
    """The invitation behind a link, if it is good at that moment."""
    open_ones = Invitation.objects.filter(accepted_by=None, expires_at__gte=at)
    return open_ones.filter(token_sha256=token_hash(token)).first()


def account_invited(invitation: Invitation) -> Account | None:
    """The account that has the address invited already."""
    return Account.objects.filter(email__iexact=invitation.email).first()


def invited_by(people: Iterable[int]) -> set[tuple[int, int]]:
    """Of these people, who invited whom: pairs of the person who invited and the person who came."""
    asked = set(people)
    taken = Invitation.objects.filter(accepted_by__person__in=asked, act__account_id__isnull=False)
    came = list(taken.values_list("act__account_id", "accepted_by__person_id"))
    senders = Account.objects.filter(pk__in={account for account, _person in came if account}, person__in=asked)
    persons = dict(senders.values_list("pk", "person_id"))
    found = {(persons.get(account or 0), person) for account, person in came}
    return {(inviter, person) for inviter, person in found if inviter and person and inviter != person}


def accounts_of(organisations: Iterable[int], roles: Iterable[Role], on: date) -> dict[int, list[int]]:
    """The accounts that hold one of these roles on a day, by organisation."""
    found: dict[int, list[int]] = {}
    rows = RoleAssignment.objects.on(on).filter(organisation__in=list(organisations), role__in=list(roles))
    for organisation_id, account_id in rows.values_list("organisation_id", "account_id").distinct():
        found.setdefault(organisation_id or 0, []).append(account_id)
    return found


_OVERSEEN = """
    WITH RECURSIVE now_known AS (
        SELECT region_id, parent_id FROM core_regionversion
        WHERE known_to IS NULL AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
    ), tree AS (
        SELECT region_id, region_id AS held FROM parties_roleassignment
        WHERE role = %(role)s AND region_id IS NOT NULL AND known_to IS NULL AND valid_from <= %(on)s
            AND (valid_to IS NULL OR valid_to > %(on)s)
        UNION SELECT n.region_id, t.held FROM now_known n JOIN tree t ON n.parent_id = t.region_id
    ) SELECT region_id, array_agg(held) FROM tree GROUP BY region_id
"""


def overseen(on: date) -> dict[int, frozenset[int]]:
    """For each region that an authority answers for: the regions, itself or above it, that authorities hold."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERSEEN, {"on": on, "role": Role.AUTHORITY})
        return {region: frozenset(held) for region, held in cursor.fetchall()}
