"""What is filled in where a body draws up a mapping profile."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.benches.layouts import COMMA, ENCODINGS, MOST_SKIPPED, POINT, Layout
from hengliang.platform.verification.forms.lots import items_with_profiles
from hengliang.platform.verification.models import VerificationRegime

LONG = "long"
SEPARATORS = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar")}


class SampleForm(forms.Form):
    """A file of the bench, and for which meters it is."""

    body = forms.ModelChoiceField(Organisation.objects.none(), label=_("Verification body"))
    item = forms.ModelChoiceField(
        CatalogueItem.objects.none(), label=_("Catalogue item"), help_text=_("The meters that this bench tests.")
    )
    regime = forms.ChoiceField(
        label=_("Kind of verification"), choices=VerificationRegime.choices,
        help_text=_("By which the sample is judged in the preview; the profile serves all kinds."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("A file of the bench"), help_text=_("CSV or XLSX. Only its first rows are kept, with the profile.")
    )

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        bodies = own_bodies(actor)
        cast("Any", self.fields["body"]).queryset = bodies
        items = CatalogueItem.objects.filter(pk__in=items_with_profiles()).order_by("rank")
        cast("Any", self.fields["item"]).queryset = items
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0]


def own_bodies(actor: Actor) -> QuerySet[Organisation]:
    """The bodies that the actor manages."""
    managed = actor.organisations(frozenset({Role.BODY_MANAGER}))
    return Organisation.objects.filter(pk__in=managed, is_verification_body=True).order_by("name")


class LayoutForm(forms.Form):
    """How the text of the file is laid out."""

    encoding = forms.ChoiceField(
        label=_("Encoding"), required=False, choices=[("", _("found out")), *ENCODINGS.items()]
    )
    separator = forms.ChoiceField(
        label=_("Separator"), required=False, choices=[("", _("found out")), *SEPARATORS.items()]
    )
    skip = forms.IntegerField(
        label=_("Lines above the headers"), required=False, min_value=0, max_value=MOST_SKIPPED,
        help_text=_("Empty: found out."),
    )  # fmt: skip
    headers = forms.ChoiceField(
        label=_("Headers"), required=False, choices=[("", _("one row of headers")), ("none", _("none, data at once"))]
    )
    rows = forms.ChoiceField(
        label=_("What a row is"), required=False, choices=[("", _("a meter")), (LONG, _("a load point of a meter"))]
    )
    decimal = forms.ChoiceField(
        label=_("Decimal mark"), required=False, choices=[(POINT, _("point: 0.32")), (COMMA, _("comma: 0,32"))]
    )

    def clean_separator(self) -> str:
        """A tab is taken off as white space on the way; the choice says that it is one."""
        return str(self.cleaned_data["separator"])

    @property
    def is_long(self) -> bool:
        """Whether a meter has several rows."""
        told = self.data if self.is_bound else self.initial
        return told.get("rows") == LONG

    def layout(self) -> Layout:
        """The layout but for the rows of a meter; of what is not possible, what is found out."""
        told = self.cleaned_data if self.is_valid() else {}
        return Layout(
            told.get("encoding", ""), told.get("separator", ""), told.get("skip"), told.get("headers") != "none",
            told.get("decimal") or POINT,
        )  # fmt: skip

    @staticmethod
    def initial_of(layout: Layout) -> dict[str, Any]:
        """What the form shows of a layout."""
        return {
            "encoding": layout.encoding, "separator": layout.separator, "skip": layout.skip,
            "headers": "" if layout.headers else "none", "decimal": layout.decimal,
            "rows": LONG if layout.long else "",
        }  # fmt: skip
