"""What is brought to the preview: a file, or a table of laboratory, value and u."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from hengliang.dcc.errors import UNREADABLE
from hengliang.metrology.comparison import Result
from hengliang.metrology.comparison.round import Round
from hengliang.platform.comparison.evaluation import MOST_RESULTS
from hengliang.platform.comparison.methods import CHOICES

LARGEST_FILE = 5_000_000  # bytes; the largest key comparison known has 0.3 MB
SEPARATORS = re.compile(r"[\t,，;；]+|\s{2,}")


class PreviewForm(forms.Form):
    """A comparison to look at."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A BIPM key comparison (XML) or a round in our own form (YAML)."),
        widget=forms.FileInput(attrs={"accept": ".xml,.yaml,.yml"}),
    )
    release = forms.CharField(
        label=_("Release of the key comparison"),
        max_length=100,
        required=False,
        help_text=_("Id, year or DOI; the latest where empty."),
    )
    table = forms.CharField(
        label=_("or a table"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("One laboratory a line: name, value, standard uncertainty (k = 1). Paste it from a sheet."),
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    method = forms.ChoiceField(
        label=_("Reference value of the table by"), choices=CHOICES, initial="weighted_mean", required=False
    )
    pilot = forms.CharField(
        label=_("Pilot laboratory"),
        max_length=100,
        required=False,
        help_text=_("Needed where its result is the reference."),
    )

    def clean_file(self) -> Any:
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(_gettext("The file is larger than 5 MB; give a single comparison."))
        return file

    def clean_table(self) -> tuple[Result, ...]:
        """The results of the table; a heading is passed over."""
        lines = [line.strip() for line in self.cleaned_data["table"].splitlines() if line.strip()]
        if len(lines) > MOST_RESULTS + 1:
            raise forms.ValidationError(_gettext("At most %(most)s laboratories.") % {"most": MOST_RESULTS})
        rows = [SEPARATORS.split(line) for line in lines]
        if rows and not any(_is_number(cell) for cell in rows[0][1:]):
            rows, start = rows[1:], 2
        else:
            start = 1
        results = tuple(_result(row, number) for number, row in enumerate(rows, start=start))
        names = [one.laboratory for one in results]
        for name in names:
            if names.count(name) > 1:
                raise forms.ValidationError(_gettext(UNREADABLE["twice"]).format(laboratory=name))
        return results

    def clean(self) -> dict[str, Any]:
        """Either a file or a table."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("file")) == bool(data.get("table")):
            raise forms.ValidationError(_gettext("Give a file or a table: one of the two."))
        if not self.errors and data.get("method") == "pilot" and data.get("table") and not data.get("pilot"):
            raise forms.ValidationError({"pilot": _gettext("Name the pilot laboratory as in the table.")})
        return data

    def round(self) -> Round:
        """The table as a round."""
        data = self.cleaned_data
        return Round(
            code="", unit=data["unit"], method=data["method"] or "weighted_mean", results=data["table"],
            pilot=data["pilot"] or None,
        )  # fmt: skip


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _result(cells: list[str], line: int) -> Result:
    if len(cells) != 3 or not (_is_number(cells[1]) and _is_number(cells[2])):
        says = _gettext(
            "Line %(line)s: write the laboratory, its value and its standard uncertainty, with tabs or commas."
        )
        raise forms.ValidationError(says % {"line": line})
    return Result(cells[0][:60], float(cells[1]), float(cells[2]))
