from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.consultation_states import COMMENT
from hengliang.platform.plan.models import Comment


def comment_withhold(*, actor: Actor, comment: Comment, reason: str) -> Comment:
    """A comment is not shown (personal data throughout, abuse, advertising); that it came is still counted."""
    region = comment.consultation.region_id
    permit(actor, "comment_withhold", region_id=region)
    with perform(actor, "comment_withhold", subject=comment, reason=reason, region_id=region) as act:
        comment.shown_text = ""
        comment.save(update_fields=["shown_text"])
        move(COMMENT, comment, act)
    return comment
