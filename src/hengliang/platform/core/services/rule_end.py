"""An approval ends: refused by the second person, or taken back by anybody who may approve. Nothing issues then."""

from django.db import transaction

from hengliang.platform.core import norms_folder
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import RuleApproval
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rule_rights import permit_on_rules
from hengliang.platform.core.rule_states import RULE_APPROVAL
from hengliang.platform.core.transitions import move


def rule_reject(*, actor: Actor, approval: RuleApproval, reason: str) -> RuleApproval:
    """The second person found that the edition is not what the text says; it is a draft again."""
    return _end(actor, approval, "rule_reject", reason)


def rule_withdraw(*, actor: Actor, approval: RuleApproval, reason: str) -> RuleApproval:
    """What was checked or approved is so no longer; the edition is a draft again. What was issued stays issued."""
    return _end(actor, approval, "rule_withdraw", reason)


def _end(actor: Actor, approval: RuleApproval, kind: str, reason: str) -> RuleApproval:
    region = permit_on_rules(actor, kind)
    with perform(actor, kind, subject=approval, reason=reason, region_id=region) as act:
        move(RULE_APPROVAL, approval, act)
        act.content = {
            "norm": approval.norm, "start": approval.start.isoformat(), "content_hash": approval.content_hash,
        }  # fmt: skip
        transaction.on_commit(norms_folder.write)
    return approval
