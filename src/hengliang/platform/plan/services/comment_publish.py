from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.consultation_states import COMMENT
from hengliang.platform.plan.models import Comment


def comment_publish(*, actor: Actor, comment: Comment, shown_text: str) -> Comment:
    """What everybody may read of a comment: personal data are taken out, the rest stands as it was said.

    Errors: `InputRefused` where nothing is left to show.
    """
    region = comment.consultation.region_id
    permit(actor, "comment_publish", region_id=region)
    if not shown_text.strip():
        raise InputRefused(
            "comment_nothing", "Nothing is left to show; withhold the comment instead.", field="shown_text"
        )
    with perform(actor, "comment_publish", subject=comment, region_id=region) as act:
        comment.shown_text = shown_text.strip()
        comment.save(update_fields=["shown_text"])
        move(COMMENT, comment, act)
        act.content = {"as_said": comment.shown_text == comment.said}
    return comment
