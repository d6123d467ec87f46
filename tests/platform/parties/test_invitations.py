"""An invitation is for one person: its link reaches the address invited and nobody else."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from hengliang.platform.core.errors import Blocked, NotPermitted
from hengliang.platform.core.models import Notification
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.errors import InvitationSpent
from hengliang.platform.parties.letters import UNDELIVERED
from hengliang.platform.parties.models import Account, Invitation, Person, RoleAssignment
from hengliang.platform.parties.selectors import actor_of, invited_by
from hengliang.platform.parties.services import invitation_accept, invitation_send, invitation_take
from tests.platform.cast import NOW, PASSWORD

pytestmark = pytest.mark.django_db
NO_MAIL = "hengliang.platform.core.mail.NoMail"
CITIZEN = Actor.anonymous(NOW)


@pytest.fixture
def invite(cast, django_capture_on_commit_callbacks):
    """Invite, and give the token that stands in the letter."""

    def send(email="new@example.org", who="manager", role=Role.VERIFIER, organisation=None, at=NOW):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            _row, link = invitation_send(
                actor=cast.actor(who, at), email=email, role=role, organisation=organisation or cast.body
            )
        assert link == ""
        (letter,) = mail.outbox
        assert letter.to == [email]
        return re.search(r"/invitation/([^/\s]+)/", letter.body)[1]

    return send


@pytest.fixture
def at(cast, client):
    def log_in(who):
        client.force_login(cast.accounts[who], "django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def accept(token, actor=CITIZEN, username="neo", password=PASSWORD):
    return invitation_accept(actor=actor, token=token, username=username, name="牛新", password=password)


def test_an_invitation_is_good_once(invite):
    token = invite()
    assert token not in str(Invitation.objects.values())
    account = accept(token)
    assert actor_of(account, NOW).has(Role.VERIFIER)
    assert account.email == "new@example.org"
    with pytest.raises(InvitationSpent):
        accept(token, username="neo2")


def test_an_invitation_expires(invite):
    with pytest.raises(InvitationSpent):
        accept(invite(), actor=Actor.anonymous(NOW + timedelta(days=8)))


def test_a_weak_password_leaves_no_account(invite):
    with pytest.raises(ValidationError):
        accept(invite(), password="1")
    assert not Account.objects.filter(username="neo").exists()


def test_who_invites_never_sees_the_link(cast, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = at("manager").post(
            reverse("parties:invite", args=[cast.body.pk]),
            {"email": "new@example.org", "role": "reviewer"},
            follow=True,
        )
    token = re.search(r"/invitation/([^/\s]+)/", mail.outbox[0].body)[1]
    assert "new@example.org" in answer.content.decode()
    assert token not in answer.content.decode()


def test_without_mail_the_administrator_hands_the_link_over(cast, at, settings):
    settings.EMAIL_BACKEND = NO_MAIL
    with pytest.raises(Blocked):
        invitation_send(actor=cast.actor("manager"), email="a@b.example", role=Role.VERIFIER, organisation=cast.body)
    page = at("administrator").post(
        reverse("parties:invite", args=[cast.body.pk]), {"email": "a@b.example", "role": "verifier"}
    )
    token = re.search(r"/invitation/([^/\s]+)/", page.content.decode())[1]
    assert accept(token, actor=Actor.anonymous(timezone.now())).email == "a@b.example"


def test_only_roles_that_are_ones_to_give_are_offered_and_none_is_chosen(cast, at):
    field = at("manager").get(reverse("parties:invite", args=[cast.body.pk])).context["form"].fields["role"]
    assert [value for value, _words in field.choices] == [
        "", "body_manager", "verifier", "reviewer", "approver", "deputy_approver",
    ]  # fmt: skip
    refused = at("manager").post(
        reverse("parties:invite", args=[cast.body.pk]), {"email": "a@b.example", "role": "authority"}
    )
    assert refused.context["form"].errors["role"]


def test_an_address_that_has_an_account_takes_a_second_role(cast, at, invite, client):
    token = invite(email="OWNER@example.org", at=timezone.now())
    address = reverse("parties:invitation_accept", args=[token])
    people = Person.objects.count()
    stranger = client.get(address)
    assert stranger.status_code == 403
    assert reverse("account_login") in stranger.content.decode()
    with pytest.raises(NotPermitted):
        accept(token, actor=Actor.anonymous(timezone.now()))
    assert at("manager").post(address).status_code == 403
    with pytest.raises(NotPermitted):
        invitation_take(actor=cast.actor("manager", timezone.now()), token=token)
    assert at("owner").get(address).status_code == 200
    assert at("owner").post(address).status_code == 302
    held = RoleAssignment.objects.known().filter(account=cast.accounts["owner"]).values_list("role", flat=True)
    assert set(held) == {"owner", "verifier"}
    assert Person.objects.count() == people
    assert at("owner").get(address).status_code == 409


def test_who_is_signed_in_makes_no_other_account(cast, at, invite):
    token = invite(at=timezone.now())
    with pytest.raises(NotPermitted):
        accept(token, actor=cast.actor("manager"))
    told = {"name": "另一人", "username": "other", "password": PASSWORD}
    assert at("manager").post(reverse("parties:invitation_accept", args=[token]), told).status_code == 403
    assert not Account.objects.filter(username="other").exists()


def test_who_invited_whom_is_known(cast, invite):
    account = accept(invite(role=Role.REVIEWER))
    manager = cast.people["manager"]
    assert invited_by([manager.pk, account.person_id]) == {(manager.pk, account.person_id)}
    assert invited_by([cast.people["verifier"].pk, account.person_id]) == set()


def test_a_letter_that_cannot_be_sent_is_told_to_the_administrators_once(
    cast, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9,
    )  # fmt: skip
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            invitation_send(
                actor=cast.actor("manager"), email="new@example.org", role=Role.VERIFIER, organisation=cast.body
            )
    told = Notification.objects.filter(kind=UNDELIVERED)
    assert [row.account_id for row in told] == [cast.accounts["administrator"].pk]
    assert told[0].params["to"] == "new@example.org"
    assert "invitation/" not in str(told[0].params)


def test_a_new_password_asked_for_where_no_mail_is_set_up_fails_for_nobody(cast, client, settings, capsys):
    settings.EMAIL_BACKEND = NO_MAIL
    answer = client.post(reverse("account_reset_password"), {"email": "owner@example.org"})
    assert answer.status_code == 302
    assert "password/reset/key" not in "".join(capsys.readouterr())
    assert Notification.objects.filter(kind=UNDELIVERED).count() == 1
