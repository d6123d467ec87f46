"""What a round leaves open when it ends, told before it is closed."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hengliang.platform.verification.models import Round, RoundPackage, RoundUpload
from hengliang.platform.verification.rounds.standing import standing_of


def open_ends(shown: Round) -> list[str]:
    """Sentences: devices that handed in nothing, what was not met, what has no record, what no ledger knows."""
    counts = standing_of(shown).counts
    told = [
        _("%(person)s has handed in nothing from device %(device)s: what was typed there would be lost to the round.")
        % {"person": package.person.name, "device": package.device[:8]}
        for package in silent_devices(shown)
    ]
    if n := counts["open"]:
        words = ngettext(
            "%(n)s instrument was not met; its task goes on waiting.",
            "%(n)s instruments were not met; their tasks go on waiting.", n,
        )  # fmt: skip
        told.append(words % {"n": n})
    if n := counts["measured"] + counts["held"]:
        words = ngettext(
            "%(n)s instrument was measured and has no record yet; it can still be made.",
            "%(n)s instruments were measured and have no record yet; they can still be made.", n,
        )  # fmt: skip
        told.append(words % {"n": n})
    if n := counts["unknown"]:
        words = ngettext(
            "%(n)s instrument was not in the ledger; once it is filed and accepted it can still be added.",
            "%(n)s instruments were not in the ledger; once they are filed and accepted they can still be added.", n,
        )  # fmt: skip
        told.append(words % {"n": n})
    return told


def silent_devices(shown: Round) -> list[RoundPackage]:
    """The first package of each person and device from which no file was ever taken in."""
    taken = RoundUpload.objects.filter(round=shown, refusal="").values_list("package__person", "package__device")
    heard = set(taken)
    found: dict[tuple[int, str], RoundPackage] = {}
    for package in shown.packages.select_related("person").order_by("pk"):
        if (package.person_id, package.device) not in heard:
            found.setdefault((package.person_id, package.device), package)
    return list(found.values())
