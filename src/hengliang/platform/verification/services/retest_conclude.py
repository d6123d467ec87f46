"""A re-test ends: the results stand side by side, and differ no more than they may, or do."""

from django.urls import reverse

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import BODY_ROLES, Actor, permit
from hengliang.platform.core.services import notify
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.verification.models import Record, ReTest
from hengliang.platform.verification.side_by_side import is_beyond, side_by_side
from hengliang.platform.verification.states import RETEST, TASK


def second_record(retest: ReTest) -> Record | None:
    """The record of the re-test that stands."""
    return retest.task.records.exclude(state__in=["void", "sent_back"]).first()


def retest_conclude(*, actor: Actor, retest: ReTest) -> None:
    """Conclude a re-test whose record is approved. A difference beyond what is acceptable is a finding; the laboratory
    sees both results from now on.

    Errors: `Refused` while the second record is not approved, or where no point can be compared.
    """
    permit(actor, "retest_conclude", region_id=retest.region_id)
    second = second_record(retest)
    if second is None or second.state != "approved":
        raise Refused("retest_open", "The record of the re-test is not approved yet.")
    compared = side_by_side(retest.first, second)
    if not compared:
        raise Refused("nothing_common", "The two records have no point in common; order the re-test anew.")
    kind = "retest_find" if is_beyond(compared) else "retest_conclude"
    laboratory = retest.first.task.body_id
    with perform(actor, kind, subject=retest, region_id=retest.region_id, organisation_id=laboratory) as act:
        move(RETEST, retest, act)
        move(TASK, retest.task, act)
        retest.compared = compared
        retest.save(update_fields=["compared"])
        act.content = {"first": retest.first.number, "second": second.number, "compared": compared}
        notify(
            accounts=accounts_of([laboratory or 0], BODY_ROLES, actor.today).get(laboratory or 0, ()),
            kind="retest.concluded",
            at=actor.at,
            act=act,
            url=reverse("verification:retest", args=[retest.pk]),
            record=retest.first.number,
        )


def retest_cancel(*, actor: Actor, retest: ReTest, reason: str) -> None:
    """A re-test that was not measured yet is cancelled, for a reason."""
    permit(actor, "retest_cancel", region_id=retest.region_id)
    with perform(actor, "retest_cancel", subject=retest, reason=reason, region_id=retest.region_id) as act:
        move(RETEST, retest, act)
        move(TASK, retest.task, act)
