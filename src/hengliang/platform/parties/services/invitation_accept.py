"""Somebody takes the role that was offered: with a new account, or with the one that has the address invited."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, NotPermitted
from hengliang.platform.core.models import Act, begin
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.errors import InvitationSpent
from hengliang.platform.parties.models import Account, Invitation, Person, RoleAssignment
from hengliang.platform.parties.selectors import account_invited, token_hash


def invitation_accept(*, actor: Actor, token: str, username: str, name: str, password: str) -> Account:
    """The new account, holding the role that the invitation offered. The link itself is the permission.

    Errors: `InvitationSpent`; `NotPermitted` for somebody who has an account; `InputRefused` for a name that is taken;
    Django's `ValidationError` for a weak password.
    """
    with perform(actor, "invitation_accept") as act:
        invitation = _good(actor, token)
        if actor.account_id is not None or account_invited(invitation) is not None:
            raise _another()
        if Account.objects.filter(username=username).exists():
            raise InputRefused("username_taken", "“%(username)s” is taken.", field="username", username=username)
        validate_password(password)
        person = Person.objects.create(act=act, name=name, organisation=invitation.organisation)
        account = Account.objects.create_user(username, invitation.email, password, person=person)
        # The link came by that address, or from the administrator's hand: it is this person's.
        EmailAddress.objects.create(user=account, email=invitation.email, verified=True, primary=True)
        _take(act, invitation, account)
    return account


def invitation_take(*, actor: Actor, token: str) -> Account:
    """The account that has the address invited takes the role beside those that it holds.

    Errors: `InvitationSpent`; `NotPermitted` for any other account.
    """
    with perform(actor, "invitation_accept") as act:
        invitation = _good(actor, token)
        account = account_invited(invitation)
        if account is None or account.pk != actor.account_id:
            raise _another()
        _take(act, invitation, account)
    return account


def _good(actor: Actor, token: str) -> Invitation:
    invitation = Invitation.objects.select_for_update(of=("self",)).filter(token_sha256=token_hash(token)).first()
    if invitation is None or invitation.accepted_by_id or invitation.expires_at < actor.at:
        raise InvitationSpent("invitation_spent", "This invitation is no longer good. Ask for a new one.")
    return invitation


def _another() -> NotPermitted:
    return NotPermitted(
        "invited_another",
        "This invitation is for the account of another address. Log out, or log in with the address invited.",
    )


def _take(act: Act, invitation: Invitation, account: Account) -> None:
    begin(
        RoleAssignment, act=act, on=act.on, account=account, role=invitation.role,
        organisation=invitation.organisation, region=invitation.region,
    )  # fmt: skip
    invitation.accepted_by = account
    invitation.save(update_fields=["accepted_by"])
    act.subject = account
    act.content = {"invitation": invitation.pk, "role": invitation.role}
