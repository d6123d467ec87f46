"""Whether what is said of an instrument goes with the item of the catalogue that it is filed under."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hengliang.norms.procedures import procedures_by_instrument
from hengliang.norms.suits import misfits
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem

CLASS = "accuracy_class"


def refuse_misfit(item: CatalogueItem, told: Mapping[str, Any], on: date) -> None:
    """Refuse particulars that the rule in force gives to other items: the date due follows from the item.

    Errors: `InputRefused` at the accuracy class, or at the item.
    """
    rule = procedures_by_instrument(rules(), on).get(item.code)
    if rule is None or not rule.content.get("suits"):
        return
    stated = dict(told.get("details") or {}) | ({CLASS: told[CLASS]} if told.get(CLASS) else {})
    for problem in misfits(rule, [item.code], stated):
        name = problem.cell.rpartition(".")[2]
        cell = next(one for one in rule.content["attributes"] if one["id"] == name)
        raise InputRefused(
            "not_of_item",
            "%(name)s “%(text)s” does not go with “%(item)s” (%(known)s). Correct it, or choose the item that it is.",
            field=CLASS if name == CLASS else "item", name=titled(cell["title"]), text=problem.params["text"],
            item=item.name, known=problem.params["known"],
        )  # fmt: skip


def classes_of_others(items: Iterable[CatalogueItem], on: date) -> Iterator[tuple[int, str]]:
    """Each item with the accuracy classes that its rule gives to other items, for sheets of many rows."""
    in_force = procedures_by_instrument(rules(), on)
    for item in items:
        rule = in_force.get(item.code)
        if rule is None or not rule.content.get("suits"):
            continue
        cell: Mapping[str, Any] = next((one for one in rule.content["attributes"] if one["id"] == CLASS), {})
        for word in map(str, cell.get("choices", ())):
            if misfits(rule, [item.code], {CLASS: word}):
                yield item.pk, word
