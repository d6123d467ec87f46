"""The form of a rule as grids, and back: what every shipped example holds survives the way through the form."""

from datetime import date

import pytest

from hengliang.metrology.judge import form_of, judge, record_from_json
from hengliang.norms import norms, procedure_of
from hengliang.norms.examples import examples
from hengliang.platform.core.pages.grid import GridColumn
from hengliang.platform.verification.entry import merged, sections_of
from hengliang.platform.verification.entry.section import Line, Section

EXAMPLES = list(examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.procedure}: {e.name}")
def test_an_example_goes_through_the_form_unchanged(example):
    procedure = procedure_of(norms[example.procedure].at(date.fromisoformat(example.edition)))
    record = dict(example.record)
    form = form_of(procedure, record["regime"])
    sections = sections_of(form, record, record.get("parts") or ())
    typed = {}
    for section in sections:
        grid = section.grid(record, verdict_url="", save_url="", version=0)
        typed |= {
            row.key: {c.key: str(row.values[c.key]) for c in grid.columns if c.key in row.values} for row in grid.rows
        }
    again = {key: record[key] for key in ("regime", "decision", "uncertainty", "accepted_class") if key in record}
    for section in sections:
        again = merged(again, section, typed)
    assert judge(procedure, record_from_json(again)) == judge(procedure, record_from_json(record))


def test_figures_are_taken_from_any_keyboard():
    """Digits of full width and the sign of a minus, as Chinese keyboards and pages have them; words stay."""
    columns = [GridColumn("load", "载荷", "g"), GridColumn("note", "备注", "", "text")]
    section = Section("error", "示值误差", [Line("0")], columns)
    typed = section.typed({"error~0.load": "\N{MINUS SIGN}１００．５", "error~0.note": "１号"})
    assert typed == {"error~0": {"load": "-100.5", "note": "１号"}}
