"""What an achievement may be entered a second time as: shown to whoever confirms it."""

from difflib import SequenceMatcher

from hengliang.platform.plan.document_numbers import name_key, number_key
from hengliang.platform.plan.models import Achievement
from hengliang.platform.plan.states import CONFIRMED, ENTERED

_ALIKE, _MOST = 80, 10


def look_alikes(shown: Achievement) -> list[Achievement]:
    """Those that wait or count with the same document number, or of the same kind with nearly the same name."""
    others = Achievement.objects.filter(state__in=[ENTERED, CONFIRMED]).exclude(pk=shown.pk)
    number = number_key(shown.document_number)
    same = others.filter(document_key__startswith=number).order_by("pk")
    found = {one.pk: one for one in same if number_key(one.document_number) == number}
    for one in others.filter(kind=shown.kind).order_by("pk"):
        if _alike(one.name, shown.name):
            found.setdefault(one.pk, one)
    return list(found.values())[:_MOST]


def _alike(one: str, other: str) -> bool:
    compared = SequenceMatcher(None, name_key(one), name_key(other), autojunk=False)
    measures = (compared.real_quick_ratio, compared.quick_ratio, compared.ratio)  # the cheap ones first
    return all(round(100 * alike()) >= _ALIKE for alike in measures)
