"""What is asked for when a rule is checked, and when an own file is given."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.local_rules import LONGEST


class CheckForm(forms.Form):
    """Which text the edition was compared with."""

    against = forms.CharField(
        label=_("Text compared with"),
        max_length=500,
        help_text=_("Document, edition and copy, such as “JJG 443-2023, printed by the publisher”."),
    )
    quote = forms.CharField(
        label=_("Words of the text"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sentence or line of the table that holds the rule. Needed where the rule itself quotes none."),
    )
    file = forms.FileField(
        label=_("The text as a file"), required=False, help_text=_("PDF or picture; kept under its SHA-256.")
    )
    sha256 = forms.CharField(
        label="SHA-256",
        required=False,
        max_length=64,
        help_text=_("Instead of the file, where it may not be kept here."),
    )


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Every file that was chosen."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, each as one would be."""
        given = data if isinstance(data, (list, tuple)) else [data]
        return [found for one in given if (found := super(ManyFilesField, self).clean(one, initial))]


class OwnRuleForm(forms.Form):
    """A rule file with its tables; what was read stays in hidden fields until it is confirmed."""

    file = forms.FileField(label=_("Rule (YAML)"), required=False)
    tables = ManyFilesField(
        label=_("Tables (CSV)"),
        required=False,
        widget=ManyFiles(attrs={"multiple": True, "accept": ".csv"}),
        help_text=_("Every table that the rule names by csv."),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code"}),
        help_text=_("Begin with a shipped rule: its page gives its text under “Take as a template”."),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, as text."""
        found: dict[str, Any] = super().clean() or {}
        file = found.get("file")
        if file is not None:
            found["text"] = _text(file)
        if not str(found.get("text") or "").strip():
            raise forms.ValidationError(_("Choose a file or write its text."), code="nothing")
        found["text"] = str(found["text"]).replace("\r\n", "\n")
        found["csv"] = {str(one.name): _text(one) for one in found.get("tables") or ()}
        return found


def _text(file: "UploadedFile[Any]") -> str:
    if file.size is None or file.size > LONGEST:
        raise forms.ValidationError(_("%(name)s is too large for a rule.") % {"name": file.name}, code="size")
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError:
        raise forms.ValidationError(_("%(name)s is not UTF-8. Save it as UTF-8.") % {"name": file.name}, code="utf8")
