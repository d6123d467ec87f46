"""What is asked before an act of supervision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.confirm import ReasonForm
from hengliang.platform.core.pages.forms import UnitInput


class ReminderForm(forms.Form):
    """What the reminder says."""

    reason = forms.CharField(
        label=_("What the user is told"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sent to the users of the instruments, and kept in the history."),
    )


class RectificationForm(ReasonForm):
    """The term, and what is to be put right."""

    days = forms.IntegerField(
        label=_("Term"),
        min_value=1,
        max_value=120,
        initial=15,
        widget=UnitInput(_("working days")),
        help_text=_("Counted from tomorrow, without weekends and public holidays."),
    )
    field_order = ("days", "reason")


class EvidenceInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """One file or several; gives a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file, cleaned."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given and self.required:
            super().clean(None, initial)
        return [super(EvidenceField, self).clean(one, initial) for one in given]


class CloseForm(ReasonForm):
    """What shows that the order was followed."""

    evidence = EvidenceField(
        label=_("Evidence that it was done"),
        required=False,
        widget=EvidenceInput(attrs={"multiple": True, "accept": ".pdf,.jpg,.jpeg,.png,.xlsx,.docx,.ofd"}),
        help_text=_("PDF, pictures or Office documents, up to 20 MB each. A rectification order needs at least one."),
    )
    field_order = ("evidence", "reason")

    def __init__(self, *args: Any, needed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["evidence"].required = needed
