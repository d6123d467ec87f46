"""What is shown of a comment is what was said, less what must not be shown."""

import re

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.consultation_states import COMMENT
from hengliang.platform.plan.models import Comment

# What stands in the place of words that were taken out.
_CUT = re.compile(r"[…▇█■□＊*×\s]|\[\]|\(略\)|（略）|\.{3}")


def comment_publish(*, actor: Actor, comment: Comment, shown_text: str) -> Comment:
    """What everybody may read of a comment: personal data are taken out, the rest stands as it was said. What was
    overlooked is taken out later by the same act, also of a comment that is answered.

    Errors: `InputRefused` where nothing is left to show, or where words stand that nobody said.
    """
    region = comment.consultation.region_id
    permit(actor, "comment_publish", region_id=region)
    if not shown_text.strip():
        raise InputRefused(
            "comment_nothing", "Nothing is left to show; withhold the comment instead.", field="shown_text"
        )
    if not only_cut(comment.said, shown_text):
        raise InputRefused(
            "comment_words",
            "Only take words out, or put … or * in their place; these words were not said so.", field="shown_text",
        )  # fmt: skip
    with perform(actor, "comment_publish", subject=comment, region_id=region) as act:
        comment.shown_text = shown_text.strip()
        comment.save(update_fields=["shown_text"])
        move(COMMENT, comment, act)
        act.content = {"as_said": comment.shown_text == comment.said}
    return comment


def only_cut(said: str, shown: str) -> bool:
    """Whether what is shown is what was said, in its order, with nothing but words taken out."""
    rest = iter(said)
    return all(letter in rest for letter in _CUT.sub("", shown))
