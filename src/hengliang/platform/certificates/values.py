"""The results of a calibration or a test on paper: values with their uncertainty, no limit and no verdict.

Source: ISO/IEC 17025:2017, 7.8.2 to 7.8.4.
"""

from collections import Counter
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hengliang.platform.verification.stated import as_found, as_stated, row_of, stated_at
from hengliang.platform.verification.verdicts import found_words, limit_words


def titled(titles: dict[str, Any], item: str) -> str:
    """The title of an item in the reader's language."""
    words = titles.get(item) or {}
    return str(words.get(_language()) or item)


def value_head(content: dict[str, Any]) -> list[str]:
    """The head of the table of results; with limit and statement where a decision rule was agreed."""
    head = [_("Item"), _("Result"), *([_("Expanded uncertainty U (k = 2)")] if _states_u(content) else [])]
    return [*head, _("Limit"), _("Statement")] if content["results"].get("decision") else head


def value_rows(content: dict[str, Any]) -> list[list[str]]:
    """Each value that was measured, to the last digit of its uncertainty."""
    shown = 2 if _states_u(content) else 1
    return [
        [
            name,
            *(found_words(text, item.get("unit") or "") for text in (value, u)[:shown]),
            *_statement(content, item, point),
        ]
        for item in content["results"]["items"]
        for name, (point, value, u) in zip(
            places_of(content, item, item["points"]), stated_points(content, item), strict=True
        )
    ]


def _states_u(content: dict[str, Any]) -> bool:
    """Whether U stands beside any value; where an attached budget states it instead, its own factor k holds."""
    return any(u for item in content["results"]["items"] for _point, _value, u in stated_points(content, item))


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
        found.append((point, as_stated(point["value"], u) if u else as_found(point), u))
    return found


def value_notes(content: dict[str, Any]) -> list[str]:
    """What a reader of the values has to know."""
    notes = [_("The results relate only to the item and its condition at the time.")]
    if content["kind"] == "calibration":
        notes.append(_("Traceable to national measurement standards through the standards named above."))
        if _states_u(content):
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


def places_of(content: dict[str, Any], item: dict[str, Any], points: list[dict[str, Any]]) -> list[str]:
    """The place of each point in the reader's language; those that would read alike are numbered."""
    names = [place_of(content, item, point, _language()) for point in points]
    alike = {name for name, times in Counter(names).items() if times > 1}
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name} ({seen[name]})" if name in alike else name)
    return found


def place_of(content: dict[str, Any], item: dict[str, Any], point: dict[str, Any], language: str) -> str:
    """What was measured, and where: part and point as the rule names them, else what stands in the row."""
    title = (content["titles"].get(item["item"]) or {}).get(language) or item["item"]
    points = (content.get("points") or {}).get(item["item"]) or {}
    named = [str(point["part"])] if point.get("part") else []
    if point.get("point"):
        named.append((points.get(point["point"]) or {}).get(language) or str(point["point"]))
    rows, at = (content.get("places") or {}).get(item["item"]) or [], row_of(point["cell"])
    if not point.get("point") and at is not None and at < len(rows):
        named.append(rows[at][language])
    return " ".join([title, *named]).strip()


def _language() -> str:
    return "zh" if (get_language() or "").startswith("zh") else "en"
