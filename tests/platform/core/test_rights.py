"""Deny by default; a grant reaches its organisation or its regions, and nothing else."""

import pytest

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.rights import Actor, Right, Role, is_permitted, permit, register_rights
from hengliang.platform.parties.models import Organisation

register_rights(
    {
        "test_order": Right(frozenset({Role.AUTHORITY})),
        "test_file": Right(frozenset({Role.OWNER})),
    }
)


def test_an_act_without_a_right_is_nobodys(cast):
    actor = cast.actor("administrator")
    with pytest.raises(NotPermitted):
        permit(actor, "never_registered", organisations=[cast.enterprise.pk], region_id=cast.county.pk)


@pytest.mark.parametrize(
    ("who", "act", "allowed"),
    [
        ("authority", "test_order", True),
        ("foreign_authority", "test_order", False),
        ("owner", "test_order", False),
        ("owner", "test_file", True),
        ("foreign_owner", "test_file", False),
        ("administrator", "test_file", False),
    ],
)
def test_a_grant_reaches_its_own(cast, who, act, allowed):
    actor = cast.actor(who)
    assert is_permitted(actor, act, organisations=[cast.enterprise.pk], region_id=cast.county.pk) is allowed


def test_bodies_are_seen_by_everybody_with_an_account_and_nobody_else(cast):
    visible = set(Organisation.objects.visible_to(cast.actor("foreign_owner")))
    assert cast.body in visible
    assert cast.foreign_enterprise in visible
    assert cast.enterprise not in visible
    assert not Organisation.objects.visible_to(Actor.anonymous()).exists()
