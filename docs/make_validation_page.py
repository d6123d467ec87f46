"""Writes docs/reference/validation-results.md: the published examples re-run, with the digits of agreement.

HENGLIANG_REFERENCE=… python docs/make_validation_page.py
"""

import itertools
import os
import sys
from pathlib import Path

from hengliang.metrology.validation import Check, Report, validate_paths
from hengliang.metrology.validation.checks import last_printed_place

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

NEAR = """
## Within the stated tolerance, but not to the last printed digit

A vector file may state a tolerance wider than half a printed digit. These values agree by that tolerance only:

- **EA-4/02, S2, S3, S10**: our u is smaller by up to 2 %. In S10 the printed components are rounded before they are
  added (15 µm and 29 µm make 33 µm, unrounded they make 32.3 µm); S2 looks alike.
- **GUM Supplement 1**: Monte Carlo figures were printed from a finite number of trials, ours come from 4 million, and
  the ends of a shortest interval scatter most. In 9.5 the interval of the law of propagation follows from ν = 16 and
  k = 2.92 here; the printed ends lie closer by 0.2 %.
- **Stefan-Boltzmann, CODATA 2010**: from the gas constant as the table prints it.
- **Ga-67**: the whole number 114 780 is printed to ten.
- **pfa**: the file's figures are quadratures of its own, good to about six digits, not printed ones.

| Value | Published | Computed |
|---|---|---|
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
    again = "\n## Not re-run\n\n" + ("\n".join(skipped) or "None.") + "\n"
    return HEAD + "\n".join(rows) + "\n" + total + NEAR + "\n".join(map(near, loose(report))) + "\n" + again


def loose(report: Report) -> list[Check]:
    """What agrees within the tolerance that its file states, but not to the last digit that it prints."""
    numbers = [c for _, c in report.checks if c.passed and c.required is not None and "strd" not in c.name]
    published = [c for c in numbers if not {"computed", "analytic"} & {*c.name.replace("_", "/").split("/")}]
    return [c for c in published if abs(float(c.computed or 0) - float(c.expected)) > place(c) / 2 * (1 + 1e-9)]


def place(check: Check) -> float:
    return last_printed_place(float(check.expected))


def near(check: Check) -> str:
    """One such value."""
    return f"| {check.name} | {float(check.expected):.10g} | {float(check.computed or 0):.6g} |"


def row(file: str, example: str, checks: list[Check]) -> str:
    """One example: its worst value is the one with the least margin over what is asked."""
    measured = [c for c in checks if c.digits is not None and c.required is not None]
    worst = min(measured, key=lambda c: (c.digits or 0) - (c.required or 0), default=None)
    digits, asked = (f"{worst.digits:.1f}", f"{worst.required:.1f}") if worst else ("", "")
    agree = sum(c.passed for c in checks)
    return f"| {file} | {example} | {len(checks)} | {agree} | {digits} | {asked} |"


if __name__ == "__main__":
    sys.exit(main())
