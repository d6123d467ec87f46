"""What a record of a calibration or a test found: values with their U; limit and statement where a rule was agreed.

Source: ISO/IEC 17025:2017, 7.8.4 and 7.8.6: no conclusion unless the customer agreed how it is drawn.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hengliang.platform.core.pages.words import titled
from hengliang.platform.verification.models import Record
from hengliang.platform.verification.places import row_places
from hengliang.platform.verification.stated import as_found, as_stated, row_of, stated_at
from hengliang.platform.verification.verdicts import found_words, limit_words

SAID = {
    "pass": ("good", gettext_lazy("Conforms")),
    "fail": ("bad", gettext_lazy("Does not conform")),
    "indeterminate": ("open", gettext_lazy("Indeterminate")),
}


def decision_words(judgement: Mapping[str, Any]) -> str:
    """The decision rule that was agreed, with its clause; empty where none was."""
    told = judgement.get("decision")
    return f"{titled(told)}{pgettext('label', ': ')}{told['clause']}" if told else ""


def stated_lines(record: Record) -> list[dict[str, str]]:
    """Each value as a table shows it: what and where, the value, its U, and what is stated of it by the agreed rule."""
    rules = {item["id"]: item for item in record.rule.content.get("items", ())}
    return [line for item in record.judgement["items"] for line in _lines(record, item, rules.get(item["item"], {}))]


def _lines(record: Record, item: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    title = titled(rule["title"]) if rule else item["item"]
    points = {point["id"]: titled(point["title"]) for point in rule.get("points", ())}
    places = row_places(rule, (record.data.get("items") or {}).get(item["item"], ()))
    for point in item["points"]:
        named = [point.get("part"), points.get(point.get("point") or "", point.get("point"))]
        at = row_of(point["cell"])
        if not point.get("point") and at is not None and at < len(places):
            named.append(titled(places[at]))
        unit, u = item.get("unit") or "", stated_at(record.uncertainty, point["cell"])
        tone, words = SAID.get(point.get("verdict") or "", ("", ""))
        yield {
            "title": " ".join(filter(None, [title, *named])),
            "found": found_words(as_stated(point["value"], u) if u else as_found(point), unit),
            "u": found_words(u, unit) if u else "",
            "limit": limit_words(point["low"], point["high"], unit) if words else "",
            "tone": tone,
            "words": str(words),
        }


def value_head(judgement: Mapping[str, Any]) -> list[str]:
    """The head of the table of values."""
    head = [_("Item"), _("Result"), _("Expanded uncertainty U (k = 2)")]
    return [*head, _("Limit"), _("Statement")] if judgement.get("decision") else head
