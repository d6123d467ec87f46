"""How a budget is saved: under which name, for which body, and what changed."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.parties.models import Organisation


class SaveForm(forms.Form):
    """A new budget."""

    organisation: Any = forms.ModelChoiceField(Organisation.objects.none(), label=_("Kept by"), empty_label=None)
    name = forms.CharField(label=_("Name"), max_length=120)
    note = forms.CharField(label=_("What changed"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, organisations: Any) -> None:
        super().__init__(data, prefix="save")
        cast("forms.ModelChoiceField[Any]", self.fields["organisation"]).queryset = organisations


class ReviseForm(forms.Form):
    """A further version of a budget."""

    note = forms.CharField(label=_("What changed"), max_length=200)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="save")


class FileForm(forms.Form):
    """A stored budget to open."""

    file = forms.FileField(
        label=_("Stored budget (JSON)"), widget=forms.FileInput(attrs={"accept": ".json,application/json"})
    )
