"""Who comes to the counter without an application: it is made and accepted there."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_noop

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.listed import listed
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.verification.models import MANDATORY, Task
from hengliang.platform.verification.services.application_accept import application_accept
from hengliang.platform.verification.services.application_submit import application_submit
from hengliang.platform.verification.states import OPEN_TASKS

VOLUNTARY = "voluntary"
# What an application refuses for a kind of instrument, at the counter with its lines.
OF_LINES = {
    "not_designated": gettext_noop(
        "“%(body)s” is not designated for “%(item)s” there; designated: %(bodies)s. On the list: %(codes)s."
    ),
    "not_authorised_there": gettext_noop(
        "“%(body)s” is not authorised for “%(item)s” there today. On the list: %(codes)s."
    ),
}


@transaction.atomic
def handover_admit(*, actor: Actor, body: Organisation, instruments: Sequence[Instrument]) -> list[Task]:
    """The waiting task of each instrument at the body: an application that waits for an answer is accepted, and where
    there is none one is made for its owner.

    Errors: `InputRefused` for an instrument that another body verifies, or that is not in use.
    """
    permit(actor, "handover_receive", organisations=[body.pk])
    known = _open_tasks(instruments)
    if elsewhere := [one.printed_code for one in instruments if one.pk in known and known[one.pk].body_id != body.pk]:
        raise InputRefused(
            "task_elsewhere", "Being verified by another body: %(codes)s.", field="codes", codes=listed(elsewhere)
        )
    _apply(actor, body, [one for one in instruments if one.pk not in known])
    for application in {t.application for t in known.values() if t.application and t.application.state == "submitted"}:
        application_accept(actor=actor, application=application)
    found = _open_tasks(instruments)
    return [found[one.pk] for one in instruments]


def _open_tasks(instruments: Sequence[Instrument]) -> dict[int, Task]:
    rows = Task.objects.filter(instrument__in=instruments, state__in=OPEN_TASKS)
    found = rows.select_related("instrument__item__parent", "owner", "body", "application")
    return {task.instrument_id: task for task in found}


def _apply(actor: Actor, body: Organisation, instruments: Sequence[Instrument]) -> None:
    rows = InstrumentState.objects.on(actor.today).filter(instrument__in=instruments, status=IN_USE)
    states = {row.instrument_id: row for row in rows.select_related("owner")}
    if missing := [one.printed_code for one in instruments if one.pk not in states]:
        raise InputRefused("not_in_use", "Not in use: %(codes)s.", field="codes", codes=", ".join(missing))
    groups: dict[tuple[int, bool], list[Instrument]] = {}
    for one in instruments:
        groups.setdefault((states[one.pk].owner_id, states[one.pk].mandatory), []).append(one)
    for (_owner, mandatory), found in groups.items():
        try:
            made = application_submit(
                actor=actor, applicant=states[found[0].pk].owner, instruments=found, body=body,
                job=MANDATORY if mandatory else VOLUNTARY,
            )  # fmt: skip
        except InputRefused as refusal:
            raise _with_lines(refusal, found) from None
        if made.state != "submitted":
            raise InputRefused(
                "not_designated", "This body is not designated for %(instrument)s: the authority finds one.",
                field="codes",
                instrument=listed(one.printed_code for one in found),
            )  # fmt: skip
        application_accept(actor=actor, application=made)


def _with_lines(refusal: InputRefused, found: Sequence[Instrument]) -> InputRefused:
    """The refusal with the codes of the lines that it speaks of."""
    template = OF_LINES.get(refusal.code)
    if template is None:
        return refusal
    codes = listed(one.printed_code for one in found if one.item.name == refusal.params["item"])
    return InputRefused(refusal.code, template, **refusal.params | {"field": "codes", "codes": codes})
