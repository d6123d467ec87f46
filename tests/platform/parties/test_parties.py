"""Organisations, roles and invitations by their acts."""

from datetime import date, timedelta

import pytest

from hengliang.platform.core.errors import InputRefused, NotPermitted
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Role
from hengliang.platform.core.search import matching
from hengliang.platform.parties.credit_code import credit_code
from hengliang.platform.parties.errors import CreditCodeRefused
from hengliang.platform.parties.models import Organisation, RoleAssignment
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.parties.services import (
    organisation_enter,
    organisation_revise,
    organisation_succeed,
    role_assign,
    role_end,
)
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9111000060003734", "credit_code_length"),
        ("911100006000373410", "credit_code_check_digit"),
        ("91110000600O37341L", "credit_code_characters"),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(text, code):
    with pytest.raises(CreditCodeRefused) as caught:
        credit_code(text)
    assert caught.value.code == code


def test_an_organisation_is_found_by_its_pinyin_initials(cast):
    organisation_enter(actor=cast.actor("authority"), name="示例电子秤厂", region=cast.county)
    assert [o.name for o in matching(Organisation.objects.all(), "dzc")] == ["示例电子秤厂"]
    assert [o.name for o in matching(Organisation.objects.all(), "电子 秤厂")] == ["示例电子秤厂"]
    assert not matching(Organisation.objects.all(), "秤子")


def test_another_citys_authority_enters_nobody_here(cast):
    with pytest.raises(NotPermitted):
        organisation_enter(actor=cast.actor("foreign_authority"), name="x", region=cast.county)
    assert not Act.objects.filter(kind="organisation_enter", account_name="foreign_authority").exists()


def test_a_name_changes_from_a_day_on(cast):
    organisation_revise(
        actor=cast.actor("owner"), organisation=cast.enterprise, on=date(2026, 1, 1), name="量县新能源站"
    )
    names = [cast.enterprise.versions.on(day).get().name for day in (date(2025, 12, 31), date(2026, 1, 1))]
    assert names == ["量县加油站", "量县新能源站"]
    cast.enterprise.refresh_from_db()
    assert cast.enterprise.name == "量县新能源站"


def test_a_change_for_tomorrow_is_not_yet_the_name(cast):
    organisation_revise(actor=cast.actor("owner"), organisation=cast.enterprise, on=date(2026, 3, 3), name="明日站")
    cast.enterprise.refresh_from_db()
    assert cast.enterprise.name == "量县加油站"


def test_unknown_facts_are_refused(cast):
    with pytest.raises(InputRefused):
        organisation_revise(
            actor=cast.actor("owner"), organisation=cast.enterprise, on=date(2026, 1, 1), credit_code="x"
        )


def test_succession_ends_the_predecessors_roles(cast):
    organisation_succeed(
        actor=cast.actor("authority"),
        predecessor=cast.enterprise,
        successor=cast.body,
        on=date(2026, 3, 1),
        reason="合并",
    )
    assert not cast.actor("owner").grants


def test_a_manager_gives_the_roles_of_a_body_and_no_others(cast):
    manager, account = cast.actor("manager"), cast.accounts["foreign_owner"]
    role_assign(actor=manager, account=account, role=Role.VERIFIER, organisation=cast.body)
    assert Role.VERIFIER in {g.role for g in cast.actor("foreign_owner").grants}
    for role, organisation, region in (
        (Role.AUTHORITY, cast.body, cast.city),
        (Role.OWNER, cast.body, None),
        (Role.VERIFIER, cast.enterprise, None),
    ):
        with pytest.raises(NotPermitted):
            role_assign(actor=manager, account=account, role=role, organisation=organisation, region=region)


def test_an_ended_role_gives_nothing_from_that_day(cast):
    row = RoleAssignment.objects.known().get(account=cast.accounts["verifier"])
    role_end(actor=cast.actor("manager"), assignment=row, on=date(2026, 3, 2), reason="调离")
    assert not cast.actor("verifier").grants
    assert actor_of(cast.accounts["verifier"], NOW - timedelta(days=1)).has(Role.VERIFIER)
    assert RoleAssignment.objects.on(date(2026, 3, 1)).filter(account=cast.accounts["verifier"]).exists()
