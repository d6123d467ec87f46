"""What is asked of somebody who brings a sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.forms.fields import own_organisation


class SendForm(forms.Form):
    """A sheet: a file, or cells pasted from one."""

    file = forms.FileField(label=_("Sheet"), required=False, help_text=_("XLSX or CSV, up to 64 MB and 200,000 rows."))
    text = forms.CharField(
        label=_("Or paste cells here"),
        required=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=_("With the row of headers, as copied from a sheet."),
    )

    def __init__(self, actor: Actor, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not actor.has(Role.AUTHORITY) or own_organisation(actor):
            rows = Organisation.objects.filter(pk__in=actor.organisations(HOLDER_ROLES)).order_by("name")
            self.fields["organisation"] = forms.ModelChoiceField(
                rows, label=_("User of rows that name none"), required=False, initial=own_organisation(actor)
            )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file, or paste cells."))
        return cleaned
