from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.consultation_states import COMMENT
from hengliang.platform.plan.models import Comment


def comment_answer(*, actor: Actor, comment: Comment, answer: str, accepted: bool) -> Comment:
    """What became of a comment: taken up or not, and why; a later answer replaces it, the history keeps both.

    Errors: `InputRefused` without words.
    """
    region = comment.consultation.region_id
    permit(actor, "comment_answer", region_id=region)
    if not answer.strip():
        raise InputRefused("answer_empty", "Say what became of the comment.", field="answer")
    with perform(actor, "comment_answer", subject=comment, region_id=region) as act:
        comment.answer, comment.accepted = answer.strip(), accepted
        comment.save(update_fields=["answer", "accepted"])
        move(COMMENT, comment, act)
        act.content = {"answer": comment.answer, "accepted": accepted}
    return comment
