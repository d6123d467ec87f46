"""The stock of the city's verification body: labels, seals and cancellation marks, received and handed out."""

from datetime import timedelta

from hengliang.platform.certificates.marks.stock import in_hand
from hengliang.platform.certificates.services import marks_hand_out, marks_receive
from hengliang.platform.certificates.services.certificate_issue import MarkNamed
from hengliang.platform.parties.models import Account, Person
from hengliang.platform.site.demo.world import BODIES, World
from hengliang.platform.verification.models import Record

# Kind, first and last number received, first and last number handed out to the verifier.
BATCHES = (
    ("label", "衡检A000001", "衡检A010000", "衡检A000001", "衡检A001000"),
    ("seal", "HC20001", "HC22000", "HC20001", "HC20200"),
    ("cancellation", "ZX0001", "ZX0200", "ZX0001", "ZX0020"),
)
DAYS_AGO = 60


def stock_up(world: World) -> None:
    """Two months ago the batches came in, and the verifier got some of each."""
    body, day = world.bodies[BODIES[0]], world.actor.today - timedelta(days=DAYS_AGO)
    for kind, first, last, low, high in BATCHES:
        marks_receive(
            actor=world.actor, body=body, kind=kind, first=first, last=last, on=day, supplier="示例省计量印务中心",
            document=f"YZ{day:%Y%m}",
        )  # fmt: skip
        marks_hand_out(actor=world.actor, body=body, kind=kind, person=person("verifier"), first=low, last=high, on=day)


def person(username: str) -> Person:
    """Somebody of the demo."""
    found = Account.objects.select_related("person").get(username=username).person
    if found is None:
        raise ValueError(f"{username} stands for nobody")
    return found


def next_label(record: Record) -> list[MarkNamed]:
    """The next label in the hands of whoever verified, for what passed; none where there is none."""
    if not record.passed:
        return []
    held = in_hand(body=record.task.placed_body, person=record.verifier, on=record.verified_on, kind="label")
    return [MarkNamed("label", number) for left in held[:1] for number in left.numbers(1)]
