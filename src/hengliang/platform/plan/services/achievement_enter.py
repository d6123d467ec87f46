from collections.abc import Mapping
from datetime import date

from django.core.files.base import File

from hengliang.norms import NormNotInForce
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.services import attachment_add
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.document_numbers import document_key, name_key
from hengliang.platform.plan.kinds import Kind, kinds
from hengliang.platform.plan.models import Achievement
from hengliang.platform.plan.states import ACHIEVEMENT, CONFIRMED, ENTERED


def achievement_enter(
    *,
    actor: Actor,
    kind: str,
    level: str,
    name: str,
    region: Region,
    authority: str,
    document_number: str,
    approved_on: date,
    file: "File[bytes]",
    stage: str = Achievement.Stage.COMPLETED,
    organisation: Organisation | None = None,
    holder: str = "",
    apart: str = "",
) -> Achievement:
    """Something that an outside approval proves, with its document. It counts once a second person has confirmed it.

    `apart` says why it is another one of a document that proves one already: a list of five bases approves five.

    Errors: `InputRefused` for an unknown kind, a stage that it does not have, a day ahead or before there were kinds,
    what is there, and a document that is there, unless `apart` says why.
    """
    owners = [organisation.pk] if organisation else []
    permit(actor, "achievement_enter", organisations=owners, region_id=region.pk)
    known = _kinds(approved_on)
    if kind not in known or stage not in known[kind].stages:
        raise InputRefused("achievement_kind", "There is no such kind, or it has no such stage.", field="kind")
    if approved_on > actor.today:
        raise InputRefused("approved_ahead", "The date of the document lies ahead.", field="approved_on")
    told = {"kind": kind, "level": level, "stage": stage, "name": name.strip(),
            "document_number": document_number.strip()}  # fmt: skip
    told |= {"document_key": document_key(document_number, authority), "apart": apart.strip()}
    _refuse_there(told)
    with perform(actor, "achievement_enter", on=approved_on, region_id=region.pk) as act:
        act.subject = made = Achievement.objects.create(
            act=act, **told, region=region, authority=authority.strip(), approved_on=approved_on,
            organisation=organisation, holder=holder.strip(), entered_by=actor.account_id,
            state=ACHIEVEMENT.states[0].code,
        )  # fmt: skip
        enter(ACHIEVEMENT, made, act)
        attachment_add(act=act, subject=made, file=file)
        act.content = {name: said for name, said in told.items() if name != "document_key" and said} | {
            "authority": authority,
            "approved_on": approved_on.isoformat(),
        }
    return made


def _kinds(on: date) -> Mapping[str, Kind]:
    try:
        return kinds(on)
    except NormNotInForce as refused:
        raise InputRefused(
            "approved_early", "The date of the document lies before %(since)s, from when on there are kinds.",
            field="approved_on", since=str(refused.parameters["since"]),
        ) from refused  # fmt: skip


def _refuse_there(told: Mapping[str, str]) -> None:
    """Refuse the same thing of the same document, and another of it without the reason."""
    same = Achievement.objects.filter(document_key=told["document_key"], state__in=[ENTERED, CONFIRMED])
    alike = [one for one in same if one.kind == told["kind"] and name_key(one.name) == name_key(told["name"])]
    if alike:
        raise InputRefused("achievement_there", "This document has been entered already.", field="document_number")
    if not told["apart"] and (there := same.first()) is not None:
        raise InputRefused(
            "document_there", "The document %(number)s has been entered already, for “%(name)s”. If it proves this one "
            "too, say why it is another one.", field="apart", number=there.document_number, name=there.name,
        )  # fmt: skip
