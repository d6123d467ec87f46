"""Writes docs/reference/validation-results.md: the published examples re-run, with the digits of agreement.

HENGLIANG_REFERENCE=… python docs/make_validation_page.py
"""

import itertools
import os
import sys
from pathlib import Path

from hengliang.metrology.validation import Check, Report, validate_paths

PAGE = Path(__file__).parent / "reference" / "validation-results.md"
HEAD = """# Validation: results

Published examples, computed anew by this version. Made by `docs/make_validation_page.py`; the same comparison
value by value: `hengliang validate PATH --json`.

*Digits*: significant decimal digits on which the computed and the published value agree, for the worst value
of the example; *asked*: the digits its printed form or its stated tolerance asks of that value. An example of
a Monte Carlo calculation was itself published with scatter. Most printed values of the GUM and of EA-4/02
were recalled and recomputed, not copied from the documents.

| File | Example | Values | Agree | Digits | Asked |
|---|---|---|---|---|---|
"""


def main() -> int:
    reference = os.environ.get("HENGLIANG_REFERENCE")
    if not reference:
        print("set HENGLIANG_REFERENCE to the folder of reference material", file=sys.stderr)
        return 2
    report = validate_paths([Path(reference) / "vectors"])
    PAGE.write_text(page(report), encoding="utf-8")
    return 1 if report.failed else 0


def page(report: Report) -> str:
    """The page as Markdown."""
    groups = itertools.groupby(report.checks, key=lambda found: (found[0].name, found[1].name.split("/")[0]))
    rows = [row(file, example, [check for _, check in checks]) for (file, example), checks in groups]
    skipped = [f"- `{s.name}`: {s.reason}" for _, s in report.skipped]
    total = f"\n{len(report.checks)} values, {len(report.checks) - report.failed} agree.\n"
    return HEAD + "\n".join(rows) + "\n" + total + "\n## Not re-run\n\n" + ("\n".join(skipped) or "None.") + "\n"


def row(file: str, example: str, checks: list[Check]) -> str:
    """One example: its worst value is the one with the least margin over what is asked."""
    measured = [c for c in checks if c.digits is not None and c.required is not None]
    worst = min(measured, key=lambda c: (c.digits or 0) - (c.required or 0), default=None)
    digits, asked = (f"{worst.digits:.1f}", f"{worst.required:.1f}") if worst else ("", "")
    agree = sum(c.passed for c in checks)
    return f"| {file} | {example} | {len(checks)} | {agree} | {digits} | {asked} |"


if __name__ == "__main__":
    sys.exit(main())
