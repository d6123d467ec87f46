"""A second person signs prepared statistics, or sends them back; what was signed is withdrawn with its reason."""

from contextlib import AbstractContextManager

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.supervision.models import StatisticsReturn
from hengliang.platform.supervision.services.statistics_prepare import digest
from hengliang.platform.supervision.states import RETURN


def statistics_check(*, actor: Actor, filed: StatisticsReturn) -> None:
    """Sign what another person prepared.

    Errors: `Refused` for one's own, or where the content is no longer what was prepared.
    """
    _permit(actor, "statistics_check", filed)
    checker = person_of(actor)
    if checker.pk == filed.prepared_by_id:
        raise Refused("own_return", "Statistics are checked by another person than the one who prepared them.")
    if digest(filed.content) != filed.sha256:
        raise Refused("return_damaged", "The content is not what was prepared. Send it back and prepare it anew.")
    RETURN.target("statistics_check", filed.state)
    with _act(actor, "statistics_check", filed) as act:
        StatisticsReturn.objects.filter(pk=filed.pk, state="prepared").update(
            checked_by=checker, checked_on=actor.today
        )
        move(RETURN, filed, act)
        filed.checked_by, filed.checked_on = checker, actor.today
        act.content = {"sha256": filed.sha256}


def statistics_send_back(*, actor: Actor, filed: StatisticsReturn, reason: str) -> None:
    """Send prepared statistics back; they can be prepared anew."""
    _permit(actor, "statistics_send_back", filed)
    with _act(actor, "statistics_send_back", filed, reason) as act:
        move(RETURN, filed, act)


def statistics_withdraw(*, actor: Actor, filed: StatisticsReturn, reason: str) -> None:
    """Withdraw signed statistics; they stay readable."""
    _permit(actor, "statistics_withdraw", filed)
    with _act(actor, "statistics_withdraw", filed, reason) as act:
        move(RETURN, filed, act)


def _permit(actor: Actor, kind: str, filed: StatisticsReturn) -> None:
    permit(actor, kind, organisations=[filed.body_id], region_id=filed.region_id)


def _act(actor: Actor, kind: str, filed: StatisticsReturn, reason: str = "") -> AbstractContextManager[Act]:
    return perform(actor, kind, subject=filed, reason=reason, organisation_id=filed.body_id, region_id=filed.region_id)
