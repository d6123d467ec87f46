"""The second person confirms: from now on documents may be issued by this edition."""

from django.db import transaction

from hengliang.norms import Value
from hengliang.platform.core import norms_folder
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.models import RuleApproval
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rule_authors import require_no_author
from hengliang.platform.core.rule_rights import permit_on_rules
from hengliang.platform.core.rule_states import RULE_APPROVAL
from hengliang.platform.core.rules import rules
from hengliang.platform.core.transitions import move


def rule_approve(*, actor: Actor, approval: RuleApproval) -> RuleApproval:
    """The second person has held the same content against the same text.

    Errors: `NotPermitted`, `Refused` for the same person or a content that is another by now, `TransitionRefused`.
    """
    region = permit_on_rules(actor, "rule_approve")
    _require_second(actor, approval)
    require_no_author(actor, value_of(approval))
    if content_of_now(approval) != approval.content_hash:
        template = "The rule was changed since it was checked. Check it anew."
        raise Refused("rule_changed", template)
    with perform(actor, "rule_approve", subject=approval, region_id=region) as act:
        # The names first: the table refuses the state without them.
        approval.approved_by, approval.approved_by_account = actor.name, actor.account_id
        approval.approved_on = actor.today
        approval.save(update_fields=["approved_by", "approved_by_account", "approved_on"])
        move(RULE_APPROVAL, approval, act)
        act.content = {
            "norm": approval.norm, "start": approval.start.isoformat(), "content_hash": approval.content_hash,
            "by": [approval.checked_by, approval.approved_by], "against": approval.against,
        }  # fmt: skip
        transaction.on_commit(norms_folder.write)
    return approval


def _require_second(actor: Actor, approval: RuleApproval) -> None:
    if actor.account_id is None or not actor.name.strip():
        raise Refused("no_person", "Only a person can hold a rule against its text.")
    # Names as well as accounts: somebody with two accounts is still one person.
    if actor.account_id == approval.checked_by_account or actor.name.strip() == approval.checked_by.strip():
        template = "%(name)s has checked this edition; another person confirms it."
        raise Refused("same_person", template, name=approval.checked_by)


def content_of_now(approval: RuleApproval) -> str:
    """The hash of the edition as it stands now; empty where it is no longer there."""
    value = value_of(approval)
    return value.content_hash if value else ""


def value_of(approval: RuleApproval) -> Value | None:
    """The edition as it stands now; None where it is no longer there."""
    norm = rules().get(approval.norm)
    return next((value for value in (norm.values if norm else ()) if value.start == approval.start), None)
