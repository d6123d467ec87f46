"""Which acts the page of an instrument offers to an actor."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.pages.words import Words
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, Role, is_permitted
from hengliang.platform.registry import forms, services
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.rights import may
from hengliang.platform.registry.states import FILED, INSTRUMENT, MERGED, RETURNED, SCRAPPED, UNDER_OFFER


@dataclass(frozen=True)
class Verb:
    """An act as a page: its form, its service, what it leads to."""

    act: str
    form: type[forms.ActForm]
    label: Words
    says: Words = ""
    danger: bool = False
    primary: bool = False

    @property
    def service(self) -> Any:
        """The function that does it."""
        return getattr(services, self.act)


VERBS = {
    verb.act: verb
    for verb in (
        Verb(
            "instrument_accept",
            forms.AcceptForm,
            _("Accept"),
            _("The instrument counts from this day."),
            primary=True,
        ),
        Verb(
            "instrument_return",
            forms.ReasonedForm,
            _("Return"),
            _("Its user corrects the entry and files it again."),
        ),
        Verb("instrument_file_again", forms.ActForm, _("File again"), primary=True),
        Verb("instrument_move", forms.MoveForm, _("Move"), _("Its parts move along.")),
        Verb(
            "instrument_transfer",
            forms.TransferForm,
            _("Transfer"),
            _("The new user sees it from now on; the former no longer does."),
        ),
        Verb(
            "transfer_offer",
            forms.OfferForm,
            _("Offer to another user"),
            _("They accept or decline. Until they accept, you stay responsible; you may withdraw the offer."),
        ),
        Verb(
            "instrument_stop",
            forms.ReasonedForm,
            _("Take out of use"),
            _("While it is out of use it can't fall due. Its parts in use follow."),
        ),
        Verb(
            "instrument_resume",
            forms.ActForm,
            _("Take into use"),
            _("It may be used only with a good proof."),
        ),
        Verb("instrument_assign_body", forms.AssignForm, _("Assign body")),
        Verb("instrument_code_assign", forms.CodeForm, _("Assign a code")),
        Verb("instrument_part_add", forms.PartForm, _("Add a part")),
        Verb("instrument_correct", forms.CorrectForm, _("Correct"), _("The former version stays in the history.")),
        Verb("instrument_reclassify", forms.ReclassifyForm, _("Reclassify")),
        Verb(
            "earlier_result_enter",
            forms.ResultForm,
            _("Enter an earlier result"),
            _("For proofs on paper, from before the platform or from elsewhere."),
        ),
        Verb("instrument_lose", forms.ReasonedForm, _("Report as lost"), danger=True),
        Verb(
            "instrument_find",
            forms.ActForm,
            _("Report as found"),
            _("It is out of use until it is taken into use again."),
        ),
        Verb(
            "instrument_merge",
            forms.MergeForm,
            _("Merge a duplicate"),
            _("This entry ends; its codes and labels lead to the other one from now on."),
            danger=True,
        ),
        Verb(
            "instrument_scrap",
            forms.ReasonedForm,
            _("Scrap"),
            _("For good: a scrapped instrument does not come back."),
            danger=True,
        ),
    )
}


def possible(verb: Verb, shown: Instrument, entry: InstrumentState) -> bool:
    """Whether the state of the entry allows it."""
    if verb.act in {move.act for move in INSTRUMENT.moves}:
        return verb.act in INSTRUMENT.acts_from(entry.status)
    if verb.act == "instrument_part_add" and shown.part_of_id is not None:
        return False
    if verb.act == "transfer_offer" and shown.part_of_id is not None:
        return False
    return entry.status not in {SCRAPPED, MERGED}


def permitted(actor: Actor, verb: Verb, entry: InstrumentState) -> bool:
    """Whether the actor may; before acceptance its user corrects it too."""
    if verb.act == "instrument_correct" and entry.status in {FILED, RETURNED} and may(actor, "instrument_file", entry):
        return True
    if verb.act == "transfer_offer":
        return is_permitted(actor, verb.act, organisations=[entry.owner_id])
    if verb.act == "instrument_transfer" and not actor.has(Role.AUTHORITY):
        # A user hands over without asking only between organisations that it acts for itself.
        return len(actor.organisations(HOLDER_ROLES)) > 1 and may(actor, verb.act, entry)
    return may(actor, verb.act, entry)


def verbs_for(actor: Actor, shown: Instrument, entry: InstrumentState, *, offered: bool = False) -> list[Action]:
    """The acts that are possible and permitted, as verbs; what an open offer stands against is left out."""
    return [
        Action(verb.label, reverse("registry:act", args=[shown.code, verb.act]), verb.primary, verb.danger)
        for verb in VERBS.values()
        if possible(verb, shown, entry) and permitted(actor, verb, entry) and not (offered and verb.act in UNDER_OFFER)
    ]
