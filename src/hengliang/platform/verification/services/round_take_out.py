"""A verifier takes a round out on a device: all that is needed without a network, in one signed file."""

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, NotPermitted
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.models import Person
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.models import Round, RoundPackage
from hengliang.platform.verification.rounds.package import pack
from hengliang.platform.verification.rounds.wire import is_device
from hengliang.platform.verification.states import ROUND


def round_take_out(*, actor: Actor, shown: Round, device: str, afresh: bool = False) -> RoundPackage:
    """The package of this verifier on this device: the one that is out already, or a new one.

    `afresh` asks for a new one all the same, after instruments were added. Entries made with the former still count.
    Errors: `NotPermitted` for anybody but the two verifiers; `TransitionRefused` before it is confirmed or after.
    """
    permit(actor, "round_take_out", organisations=[shown.body_id])
    person = person_of(actor)
    require_verifier(shown, person)
    if not is_device(device):
        raise InputRefused("device_name", "The device has no valid name; open the page again.", field="device")
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=shown.pk)
        shown.refresh_from_db(fields=["state"])
        ROUND.target("round_take_out", shown.state)
        last = RoundPackage.objects.filter(round=shown, person=person, device=device).order_by("-pk").first()
        if last is not None and not afresh:
            return last
        with perform(actor, "round_take_out", subject=shown, organisation_id=shown.body_id) as act:
            move(ROUND, shown, act)
            packed = pack(actor, shown, person, device)
            act.content = {"package": packed.sha256, "device": device, "person": person.pk}
            return RoundPackage.objects.create(
                act=act, round=shown, person=person, device=device, sha256=packed.sha256, secret=packed.secret,
                signature=packed.signature, content=packed.content,
            )  # fmt: skip


def require_verifier(shown: Round, person: Person) -> None:
    """Refuse anybody but the two verifiers of the round."""
    if person.pk not in (shown.first_id, shown.second_id):
        raise NotPermitted(
            "not_of_this_round", "Only the two verifiers of %(number)s take it out.", number=shown.number
        )
