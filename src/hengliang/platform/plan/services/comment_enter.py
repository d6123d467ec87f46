"""Comments come in from everybody, so they are bounded by length, by sender and by day."""

import hashlib
import re
from datetime import timedelta

from django.conf import settings

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import enter
from hengliang.platform.plan.consultation_states import COMMENT, ENTERED, OPEN
from hengliang.platform.plan.models import Comment, Consultation, ConsultedClause

LONGEST = 4000
MOST_AN_HOUR = 5
MOST_A_DAY = 2000
# Telephone, identity card, bank card, e-mail, plate: what a reader of comments must look at before all else.
_PERSONAL = re.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{16,19}(?!\d)|0\d{2,3}-?\d{7,8}"
    r"|[\w.+-]+@[\w-]+\.[\w.]+|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}"
    r"|身份证|住址|家住"
)


def sender_of(address: str, actor: Actor) -> str:
    """Who sent it, as far as the limit needs to know: another value every day, and no way back to the address."""
    return hashlib.sha256(f"{settings.SECRET_KEY}|{actor.today}|{address}".encode()).hexdigest()


def comment_enter(
    *,
    actor: Actor,
    consultation: Consultation,
    said: str,
    address: str,
    clause: ConsultedClause | None = None,
    name: str = "",
    contact: str = "",
) -> Comment:
    """Anybody comments on an open draft; nobody else sees it before it was read. The log holds no word of it.

    Errors: `Blocked` outside the term; `InputRefused` for an empty or endless one, or too many from one sender.
    """
    if consultation.state != OPEN or not consultation.opens_on <= actor.today <= consultation.closes_on:
        raise Blocked("consultation_over", "This draft is not open for comments today.")
    text = said.strip()
    if not text or len(text) > LONGEST:
        raise InputRefused(
            "comment_length", "Write a comment of at most %(most)s characters.", most=LONGEST, field="said"
        )
    if clause is not None and clause.consultation_id != consultation.pk:
        raise InputRefused("comment_clause", "This clause is not part of the draft.", field="clause")
    sender = sender_of(address, actor)
    with perform(actor, "comment_enter", subject=consultation, region_id=consultation.region_id) as act:
        _limit(consultation, sender, actor)
        made = Comment.objects.create(
            act=act, consultation=consultation, clause=clause, said=text, name=name.strip()[:60],
            contact=contact.strip()[:120], sender=sender, at=actor.at, personal=bool(_PERSONAL.search(text)),
            state=ENTERED,
        )  # fmt: skip
        enter(COMMENT, made, act)
        act.content = {"comment": made.pk}
    return made


def _limit(consultation: Consultation, sender: str, actor: Actor) -> None:
    # One after the other: who counts at once with others would not see theirs.
    list(Consultation.objects.select_for_update(no_key=True).filter(pk=consultation.pk).values_list("pk"))
    hour = Comment.objects.filter(sender=sender, at__gt=actor.at - timedelta(hours=1))
    day = consultation.comments.filter(at__gt=actor.at - timedelta(days=1))
    if hour.count() >= MOST_AN_HOUR or day.count() >= MOST_A_DAY:
        raise InputRefused(
            "comment_often", "Too many comments in a short time. Please try again in an hour.", field="said"
        )
