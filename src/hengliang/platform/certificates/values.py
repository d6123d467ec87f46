"""The results of a calibration or a test on paper: values with their uncertainty, no limit and no verdict.

Source: ISO/IEC 17025:2017, 7.8.2 to 7.8.4.
"""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hengliang.platform.verification.stated import as_stated, row_of, stated_at
from hengliang.platform.verification.verdicts import limit_words

THIN = "\u2009"


def titled(titles: dict[str, Any], item: str) -> str:
    """The title of an item in the reader's language."""
    words = titles.get(item) or {}
    return str(words.get(_language()) or item)


def value_head(content: dict[str, Any]) -> list[str]:
    """The head of the table of results; with limit and statement where a decision rule was agreed."""
    head = [_("Item"), _("Result"), _("Expanded uncertainty U (k = 2)")]
    return [*head, _("Limit"), _("Statement")] if content["results"].get("decision") else head


def value_rows(content: dict[str, Any]) -> list[list[str]]:
    """Each value that was measured, to the last digit of its uncertainty."""
    return [
        [
            place_of(content, item, point, _language()),
            *_with_unit(item.get("unit") or "", value, u),
            *_statement(content, item, point),
        ]
        for item in content["results"]["items"]
        for point, value, u in stated_points(content, item)
    ]


def _statement(content: dict[str, Any], item: dict[str, Any], point: dict[str, Any]) -> list[str]:
    """Limit and statement of a value, where a decision rule was agreed; empty where the value has no limit."""
    if not content["results"].get("decision"):
        return []
    said = {"pass": _("Conforms"), "fail": _("Does not conform"), "indeterminate": _("Indeterminate")}
    if point["verdict"] is None:
        return ["", ""]
    limit = limit_words(point["low"], point["high"], item.get("unit") or "")
    return [limit, said[point["verdict"]]]


def stated_points(content: dict[str, Any], item: dict[str, Any]) -> list[tuple[dict[str, Any], str, str]]:
    """The points of an item with value and U, both as they are stated; U is empty where none is."""
    found = []
    for point in item["points"]:
        u = stated_at(content.get("uncertainty") or {}, point["cell"])
        found.append((point, as_stated(point["value"], u) if u else str(point["value"]), u))
    return found


def value_notes(content: dict[str, Any]) -> list[str]:
    """What a reader of the values has to know."""
    notes = [_("The results relate only to the item and its condition at the time.")]
    if content["kind"] == "calibration":
        notes.append(_("Traceable to national measurement standards through the standards named above."))
        notes.append(_("U is the expanded uncertainty with k = 2, a level of confidence of about 95 %."))
    if decision := content["results"].get("decision"):
        words = {"rule": decision[_language()], "clause": decision["clause"], "document": content["rule"]["document"]}
        notes.append(
            _("Statements of conformity: limits of %(document)s; decision rule as agreed with the customer: %(rule)s, "
              "%(clause)s. They are for each value and conclude nothing about the item as a whole.") % words
        )  # fmt: skip
    if content.get("budget"):
        notes.append(_("Uncertainty by the attached budget: %(budget)s") % {"budget": content["budget"]})
    return notes


def _with_unit(unit: str, *texts: str) -> list[str]:
    return [f"{text}{THIN}{unit}" if text and unit not in ("", "1") else text for text in texts]


def place_of(content: dict[str, Any], item: dict[str, Any], point: dict[str, Any], language: str) -> str:
    """What was measured, and where: part and point as the rule names them, else what stands in the row."""
    title = (content["titles"].get(item["item"]) or {}).get(language) or item["item"]
    named = [str(point[key]) for key in ("part", "point") if point.get(key)]
    rows, at = (content.get("places") or {}).get(item["item"]) or [], row_of(point["cell"])
    if not point.get("point") and at is not None and at < len(rows):
        named.append(rows[at][language])
    return " ".join([title, *named]).strip()


def _language() -> str:
    return "zh" if (get_language() or "").startswith("zh") else "en"
