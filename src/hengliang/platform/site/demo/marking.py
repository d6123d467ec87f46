"""What becomes of marks, once of each: a seal broken at a repair, a label cancelled by a failure, one struck, spoiled
and destroyed ones, numbers that were skipped, a stocktaking that differs."""

from datetime import timedelta
from typing import Any

import typst
from django.core.files.base import ContentFile

from hengliang.norms.examples import Example, examples
from hengliang.norms.procedures import procedures_by_instrument
from hengliang.platform.certificates.marks.stock import in_hand
from hengliang.platform.certificates.models import Certificate, Mark
from hengliang.platform.certificates.services import (
    certificate_issue,
    mark_destroy,
    mark_remove,
    mark_spoil,
    mark_use,
    marks_hand_out,
    photograph_add,
    stock_count,
)
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rules import rules
from hengliang.platform.core.typst import fonts
from hengliang.platform.site.demo.marks import person
from hengliang.platform.site.demo.work import data_of, staff
from hengliang.platform.site.demo.world import BODIES, World
from hengliang.platform.standards.selectors import standards_for
from hengliang.platform.verification.services import (
    application_accept,
    application_submit,
    record_approve,
    record_review,
    record_submit,
)

PICTURE = """#set page(width: 80mm, height: 60mm, margin: 0mm, fill: rgb("#{ground}"))
#place(center + horizon, rect(width: 46mm, height: 22mm, radius: 1.5mm, fill: rgb("#f3e9c8"), stroke: 0.4mm + gray)[
#align(center + horizon, text(size: 15pt, weight: "bold", fill: rgb("#7a1f12"))[{number}])])"""


def make_marks(world: World) -> None:
    """Each of them once, where the body has issued certificates with labels."""
    labelled = list(
        Mark.objects.filter(kind="label", state="on_instrument", certificate__isnull=False)
        .select_related("instrument__item", "certificate__owner", "body", "record")
        .order_by("pk")[:8]
    )
    if not labelled:
        return
    _seals(world, labelled[:4])
    _failures(world, [mark for mark in labelled if _failing(world, mark) is not None])
    _written_off(world)
    _counted(world)


def _seals(world: World, labelled: list[Mark]) -> None:
    verifier, today = staff("verifier", world, 1), staff("verifier", world, 1).today
    for place, mark in enumerate(labelled, start=1):
        if mark.instrument is None:
            continue
        number = f"HC{20000 + place}"
        seal = mark_use(
            actor=verifier, number=number, kind="seal", body=mark.body, instrument=mark.instrument,
            on=today, record=mark.record, place="主板与传感器接口", photograph=_picture(number, "39424e"),
        )  # fmt: skip
        photograph_add(actor=verifier, subject=mark, photograph=_picture(mark.number, "5b6670"))
        if place == len(labelled):
            mark_remove(
                actor=staff("verifier", world, 0),
                mark=seal,
                taken_off_by="顺达衡器维修部",
                reason="更换传感器，拆封维修",
            )


def _picture(number: str, ground: str) -> "ContentFile[bytes]":
    source: Any = PICTURE.replace("{number}", number).replace("{ground}", ground).encode()
    drawn = typst.compile(source, format="png", ppi=96, font_paths=[fonts()], ignore_system_fonts=True)
    return ContentFile(bytes(drawn), name=f"{number}.png")


def _failures(world: World, labelled: list[Mark]) -> None:
    """Two instruments failed when they were verified anew: on one the label waits to be removed, one is struck."""
    for place, mark in enumerate(labelled[:2]):
        notice = _failed(world, mark)
        if notice is not None and place == 1 and mark.instrument is not None:
            mark_use(
                actor=staff("verifier", world, 0), number="ZX0001", kind="cancellation", body=mark.body,
                instrument=mark.instrument, on=world.actor.today, record=notice.record,
            )  # fmt: skip


def _failed(world: World, mark: Mark) -> Certificate | None:
    instrument, owner = mark.instrument, mark.certificate.owner if mark.certificate else None
    example = _failing(world, mark)
    if instrument is None or owner is None or example is None:
        return None
    then = Actor.system(owner.name, world.actor.at - timedelta(days=1))
    application = application_submit(
        actor=then, applicant=owner, body=mark.body, instruments=[instrument], note="称量不准，申请重新检定"
    )
    application_accept(actor=staff("manager", world, 1), application=application)
    task, verifier = application.tasks.get(), staff("verifier", world, 1)
    record = record_submit(
        actor=verifier, task=task, data=data_of(example, instrument), verified_on=verifier.today, place="现场",
        standards=list(standards_for(task.placed_body, instrument.item)[:1]),
    )  # fmt: skip
    record_review(actor=staff("reviewer", world, 1), record=record)
    record_approve(actor=staff("approver", world, 1), record=record)
    return certificate_issue(actor=staff("approver", world, 0), record=record)


def _failing(world: World, mark: Mark) -> Example | None:
    """A worked example that fails, by the rule in force for the mark's instrument."""
    by_item = procedures_by_instrument(rules(), world.actor.today)
    norm = by_item.get(mark.instrument.item.code) if mark.instrument else None
    if norm is None:
        return None
    today = world.actor.today.isoformat()
    fitting = [one for one in examples() if one.procedure == norm.norm and one.edition <= today]
    newest = max((one.edition for one in fitting), default="")
    failing = [one for one in fitting if (one.edition, one.verdict) == (newest, "fail")]
    return next((one for one in failing if one.record["regime"] == "subsequent"), None)


def _written_off(world: World) -> None:
    body, verifier = world.bodies[BODIES[0]], staff("verifier", world, 2)
    spoiled = [
        mark_spoil(actor=verifier, body=body, kind="label", number=f"衡检A{number:06d}", reason=why)
        for number, why in ((901, "打印错位"), (902, "粘贴时撕破"), (903, "受潮起皱"))
    ]
    mark_destroy(
        actor=staff("manager", world, 0), body=body, marks=spoiled[:2], method="碎纸", reason="月末集中销毁作废合格证",
        first_person=person("manager"), second_person=person("verifier"),
    )  # fmt: skip


def _counted(world: World) -> None:
    """The reviewer got a hundred labels and two of them are not there."""
    body, manager = world.bodies[BODIES[0]], staff("manager", world, 0)
    marks_hand_out(
        actor=staff("manager", world, 20), body=body, kind="label", person=person("reviewer"), first="衡检A001001",
        last="衡检A001100",
    )  # fmt: skip
    stock_count(
        actor=manager, body=body, kind="label", person=person("reviewer"),
        counted="衡检A001001 ~ 衡检A001056\n衡检A001059 ~ 衡检A001100",
    )  # fmt: skip
    held = in_hand(body=body, person=person("verifier"), on=manager.today, kind="cancellation")
    counted = "\n".join(left.words.replace("–", " ~ ").replace("、", "\n") for left in held)
    stock_count(actor=manager, body=body, kind="cancellation", person=person("verifier"), counted=counted)
