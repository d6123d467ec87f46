"""Forms of a proof that is issued: the marks that go with it, the labels that are printed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.forms.fields import NumberInput, reason_field, suggested
from hengliang.platform.certificates.marks.kinds import MarkKind, kinds_for
from hengliang.platform.certificates.marks.numbers import listed
from hengliang.platform.certificates.services.certificate_issue import MarkNamed, expired_at
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.verification.models import Record


class IssueForm(forms.Form):
    """The marks that go with a proof: a field for each kind that fits its result and that the verifier has in hand.

    What has expired by the day of issue wants a reason.
    """

    def __init__(self, *args: Any, record: Record, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        if expired_at(record, today) is not None:
            self.fields["reason"] = reason_field()
        held = {kind: suggested(record, today, kind.code) for kind in kinds_for(record)}
        self.kinds = [kind for kind, numbers in held.items() if numbers]
        for kind in self.kinds:
            self.fields[f"mark_{kind.code}"] = _issue_field(kind, record, held[kind])

    def marks(self) -> list[MarkNamed]:
        """The marks named."""
        return [one for kind in self.kinds for one in self.cleaned_data.get(f"mark_{kind.code}") or []]

    def clean(self) -> dict[str, Any]:
        """Numbers as marks; for a kind with places the number, then the place, one a line."""
        told = super().clean() or {}
        for kind in self.kinds:
            name = f"mark_{kind.code}"
            try:
                told[name] = _named(kind, told.get(name) or "")
            except InputRefused as refused:
                self.add_error(name, str(refused))
        return told


def _named(kind: MarkKind, text: str) -> list[MarkNamed]:
    if not kind.place_needed:
        return [MarkNamed(kind.code, number) for number in listed(text)]
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    return [MarkNamed(kind.code, line[0], line[1] if len(line) > 1 else "") for line in lines]


def _issue_field(kind: MarkKind, record: Record, held: list[str]) -> forms.CharField:
    some = "、".join(held[:5]) + (" …" if len(held) > 5 else "")
    told = gettext("In hand of %(person)s: %(numbers)s") % {"person": record.verifier.name, "numbers": some}
    if kind.place_needed:
        how = gettext("One a line: the number, then its place.")
        return forms.CharField(
            label=kind.title, required=False, help_text=f"{how} {told}", widget=forms.Textarea(attrs={"rows": 3})
        )
    return forms.CharField(label=kind.title, required=False, help_text=told, widget=NumberInput(held))


class LabelsForm(forms.Form):
    """On what labels are printed."""

    paper = forms.ChoiceField(
        label=_("Paper"),
        choices=[("60x40", _("Label printer, 60 × 40 mm")), ("a4", _("Sheet of A4, 24 labels of 70 × 37 mm"))],
        widget=forms.RadioSelect, initial="60x40",
    )  # fmt: skip
