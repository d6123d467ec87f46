"""Writes docs/reference/targets.md: every target of the five documents and how it is answered. `--check` compares."""

import sys
from pathlib import Path

from hengliang.norms import norms
from hengliang.norms.indicators import Indicator, indicator_of

PAGE = Path(__file__).parent / "reference" / "targets.md"
WAYS = ("computed", "achievements", "no_source", "rated")
WORDS = {
    "computed": "Computed from the ledger",
    "achievements": "Counted from the register of achievements",
    "no_source": "No source yet",
    "rated": "Judged by people, in words",
}


def way_of(one: Indicator) -> str:
    """How an indicator is answered."""
    if one.numerator is None:
        return "rated"
    if one.waits_for is not None:
        return "no_source"
    return "achievements" if one.numerator.selector == "achievements" else "computed"


def rows() -> dict[str, list[tuple[str, str, Indicator]]]:
    """Target, quote and indicator by the way in which it is answered."""
    found: dict[str, list[tuple[str, str, Indicator]]] = {way: [] for way in WAYS}
    for norm in norms.of_kind("indicator"):
        one = indicator_of(norm.values[-1])
        found[way_of(one)] += [(target.id, target.quote, one) for target in one.targets]
    return {way: sorted(rows, key=lambda row: row[0]) for way, rows in found.items()}


def page() -> str:
    """The page."""
    found = rows()
    total = sum(map(len, found.values()))
    lines = [
        "# The 46 targets of the five documents, and how each is answered",
        "",
        "Written by `python docs/make_targets_page.py` from the indicators in `norms/data/indicator`; a test holds the",
        "two together. P0 阜阳, P1 滁州, P2 长三角, P3 湖北, P4 温州. Nothing here is ever typed in: a target",
        "without a ledger has *no source*, and says what it waits for.",
        "",
        "| | targets |",
        "|---|---|",
        *[f"| {WORDS[way]} | {len(found[way])} |" for way in WAYS],
        f"| all | {total} |",
    ]
    for way in WAYS:
        last = "Waits for" if way == "no_source" else "Counted as"
        lines += [
            "",
            f"## {WORDS[way]}",
            "",
            f"| Target | Words of the document | Indicator | {last} |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {key} | {quote} | `{one.name}` {one.title['zh']} | {_last(one, way)} |"
            for key, quote, one in found[way]
        ]
    return "\n".join(lines) + "\n"


def _last(one: Indicator, way: str) -> str:
    if way == "no_source" and one.waits_for is not None:
        return one.waits_for["zh"]
    partial = f"；{one.partial['zh']}" if one.partial else ""
    return f"{one.mode}{partial}"


def main() -> int:
    """Write the page, or say whether it is up to date."""
    if "--check" in sys.argv[1:]:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
