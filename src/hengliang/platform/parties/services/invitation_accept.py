"""Somebody takes the role that was offered, with a new account or an own one."""

from django.contrib.auth.password_validation import validate_password

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import begin
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.errors import InvitationSpent
from hengliang.platform.parties.models import Account, Invitation, Person, RoleAssignment
from hengliang.platform.parties.selectors import token_hash


def invitation_accept(*, actor: Actor, token: str, username: str, name: str, password: str) -> Account:
    """The new account, holding the role that the invitation offered. The link itself is the permission.

    Errors: `InvitationSpent`; `InputRefused` for a name that is taken; Django's `ValidationError` for a weak password.
    """
    with perform(actor, "invitation_accept") as act:
        invitation = Invitation.objects.select_for_update(of=("self",)).filter(token_sha256=token_hash(token)).first()
        if invitation is None or invitation.accepted_by_id or invitation.expires_at < actor.at:
            raise InvitationSpent("invitation_spent", "This invitation is no longer good. Ask for a new one.")
        if Account.objects.filter(username=username).exists():
            raise InputRefused("username_taken", "“%(username)s” is taken.", field="username", username=username)
        validate_password(password)
        person = Person.objects.create(act=act, name=name, organisation=invitation.organisation)
        account = Account.objects.create_user(username, invitation.email, password, person=person)
        begin(
            RoleAssignment, act=act, on=act.on, account=account, role=invitation.role,
            organisation=invitation.organisation, region=invitation.region,
        )  # fmt: skip
        invitation.accepted_by = account
        invitation.save(update_fields=["accepted_by"])
        act.subject = account
        act.content = {"invitation": invitation.pk, "role": invitation.role}
    return account
