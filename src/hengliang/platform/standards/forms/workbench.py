"""The workbench as a form: the model, its inputs row by row, correlations, and how the result is stated."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from hengliang.metrology.uncertainty import Input
from hengliang.platform.standards.budgets.bounds import LONGEST_FORMULA, MOST_CORRELATIONS, MOST_INPUTS
from hengliang.platform.standards.budgets.evaluation import Terms
from hengliang.platform.standards.forms.kinds import KINDS, Typed, distribution_of

COVERAGES = ("k=2", "k=3", "p=0.95", "p=0.9545", "p=0.99", "p=0.9973")


class WorkbenchForm(forms.Form):
    """What is measured, the model, and how the result is stated."""

    title = forms.CharField(label=_("What is measured"), max_length=120, required=False)
    model = forms.CharField(
        label=_("Measurement model"),
        max_length=LONGEST_FORMULA,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "class": "formula"}),
        help_text=_("A formula such as R = V/I*cos(phi); several lines may define parts. Free names are the inputs."),
    )
    unit = forms.CharField(
        label=_("Unit of the result"),
        max_length=40,
        required=False,
        help_text=_("With a unit here those of the inputs are checked and converted; without it they are labels."),
    )
    coverage = forms.ChoiceField(label=_("Stated with"), initial="k=2", choices=[])
    digits = forms.ChoiceField(label=_("Digits of U"), initial="2", choices=[("2", "2"), ("1", "1")])
    rule = forms.ChoiceField(
        label=_("Rounding of U"),
        initial="even",
        choices=[("even", _("half to even (GB/T 8170)")), ("up", _("always up"))],
    )
    correlations = forms.CharField(
        label=_("Correlation coefficients"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("One a line: two inputs and the coefficient, for example V, I, -0.36."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = self.initial.get("coverage", "k=2")
        offered = COVERAGES if own in COVERAGES else (*COVERAGES, own)
        self.fields["coverage"].choices = [(one, one.replace("=", " = ")) for one in offered]  # type: ignore[attr-defined]

    def clean_correlations(self) -> dict[tuple[str, str], float]:
        """The coefficients by pairs of names."""
        lines = [line for line in self.cleaned_data["correlations"].splitlines() if line.strip()]
        if len(lines) > MOST_CORRELATIONS:
            raise forms.ValidationError(_gettext("At most %(most)s lines.") % {"most": MOST_CORRELATIONS})
        return dict(_pair(line) for line in lines)

    def terms(self) -> Terms:
        """How the result is stated."""
        data = self.cleaned_data
        letter, _equals, number = data["coverage"].partition("=")
        return Terms(**{letter: float(number)}, digits=int(data["digits"]), rule=data["rule"])


def _pair(line: str) -> tuple[tuple[str, str], float]:
    parts = [part for part in line.replace("，", ",").replace("\t", ",").replace(";", ",").split(",") if part.strip()]
    try:
        first, second, r = (part.strip() for part in parts)
        return (first, second), float(r)
    except ValueError:
        says = _gettext("“%(line)s” is no pair: write two inputs and the coefficient, as in V, I, -0.36.")
        raise forms.ValidationError(says % {"line": line[:40]}) from None


def _number(label: Any, **options: Any) -> forms.FloatField:
    attributes = {"inputmode": "decimal", "autocomplete": "off"}
    return forms.FloatField(label=label, required=False, widget=forms.TextInput(attrs=attributes), **options)


def _text(label: Any, longest: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False)


class InputForm(forms.Form):
    """One input quantity: a row of the table."""

    name = _text(_("Input"), 60)
    distribution = forms.ChoiceField(label=_("Distribution"), choices=KINDS, initial="normal", required=False)
    value = _number(_("Value"))
    spread = _number(_("u, U or half-width"))
    factor = _number(_("k, β or d"))
    dof = _number(_("Degrees of freedom"))
    unit = _text(_("Unit"), 40)
    evaluation = forms.ChoiceField(
        label=_("Evaluation"), choices=[("B", _("Type B")), ("A", _("Type A"))], initial="B", required=False
    )
    source = _text(_("Source"), 200)

    record: Input | None = None

    def clean(self) -> dict[str, Any]:
        """The input record of the row, made here so that its faults stand in its cells."""
        data = super().clean() or {}
        if self.errors or not any(data.get(key) not in (None, "") for key in ("name", "value", "spread", "source")):
            return data
        if not data.get("name"):
            raise forms.ValidationError({"name": _gettext("Name the input as in the model.")})
        typed = Typed(data["name"], *(data.get(key) for key in ("value", "spread", "factor", "dof")))
        self.record = Input(
            name=typed.name,
            distribution=distribution_of(data["distribution"] or "normal", typed),
            dof=typed.degrees,
            unit=data["unit"] or None,
            evaluation=data["evaluation"] or "B",
            source=data["source"],
        )
        return data


InputRows = forms.formset_factory(InputForm, extra=0, max_num=MOST_INPUTS, absolute_max=MOST_INPUTS, validate_max=True)
