"""What people type about lots."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import BODY_ROLES, Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.verification.benches.matching import family
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.jobs import job_kinds
from hengliang.platform.verification.models import BenchProfile, VerificationRegime


def items_with_profiles() -> list[int]:
    """The catalogue items for which there is a mapping profile."""
    codes = {code for profile in shipped().values() for code in profile.items}
    roots = CatalogueItem.objects.filter(code__in=codes)
    return sorted({pk for root in roots for pk in family(root)} - set(roots.values_list("pk", flat=True)))


def items_and_above() -> list[int]:
    """Those items, and the families above them: a standard may serve a whole family."""
    items = CatalogueItem.objects.filter(pk__in=items_with_profiles())
    return sorted({pk for item in items for pk in family(item)})


class LotForm(forms.Form):
    """The file of a bench, and what it does not say itself."""

    file = forms.FileField(label=_("File of the bench"), help_text=_("CSV (UTF-8 or GB 18030) or XLSX."))
    item = forms.ModelChoiceField(CatalogueItem.objects.none(), label=_("Catalogue item"))
    regime = forms.ChoiceField(label=_("Kind of verification"), choices=VerificationRegime.choices)
    job = forms.ChoiceField(label=_("Kind of job"))
    bench = forms.CharField(label=_("Test bench"), max_length=100, help_text=_("Its number, as it stands on it."))
    standards = forms.ModelMultipleChoiceField(
        MeasurementStandard.objects.none(), label=_("Measurement standard of the bench")
    )
    body = forms.ModelChoiceField(Organisation.objects.none(), label=_("Verification body"))
    customer = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Whose meters they are"), required=False,
        help_text=_("A utility sees the lot once it is issued. Empty at a factory."),
    )  # fmt: skip
    profile = forms.ChoiceField(
        label=_("Mapping profile"), required=False, help_text=_("Empty: recognised by the headers.")
    )
    lot_size = forms.IntegerField(
        label=_("Sampled from a lot of"), min_value=2, max_value=10_000_000, required=False,
        help_text=_("Empty: every meter was tested."),
    )  # fmt: skip
    aql = forms.ChoiceField(
        label=_("AQL"), required=False, choices=[(a, a) for a in ("0.25", "0.4", "0.65", "1.0", "1.5", "2.5")],
        initial="1.0", help_text=_("Only for a sampled lot (GB/T 2828.1, level II)."),
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        bodies = Organisation.objects.filter(pk__in=actor.organisations(BODY_ROLES), is_verification_body=True)
        own = BenchProfile.objects.visible_to(actor).order_by("body_id", "name", "-pk").distinct("body_id", "name")
        kinds = [kind for kind in job_kinds(actor.today).values() if kind.concludes and not kind.by_authority]
        named = [(f"own-{one.pk}", f"{one.name} · {one.version}") for one in own if not one.withdrawn] + [
            (one.id, one.title) for one in shipped().values()
        ]
        _choices(self.fields["item"], CatalogueItem.objects.filter(pk__in=items_with_profiles()).order_by("rank"))
        standards = MeasurementStandard.objects.filter(organisation__in=bodies, items__in=items_and_above())
        _choices(self.fields["standards"], standards.distinct().order_by("name"))
        _choices(self.fields["body"], bodies)
        _choices(self.fields["customer"], Organisation.objects.visible_to(actor).order_by("name")[:500])
        cast("forms.ChoiceField", self.fields["job"]).choices = [(kind.code, kind.title) for kind in kinds]
        cast("forms.ChoiceField", self.fields["profile"]).choices = [("", "—"), *named]
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0]

    def told(self) -> dict[str, Any]:
        """What `lot_receive` takes of it."""
        data = dict(self.cleaned_data)
        file, profile = data.pop("file"), data.pop("profile")
        size, aql = data.pop("lot_size"), data.pop("aql")
        own = BenchProfile.objects.get(pk=profile[4:]) if profile.startswith("own-") else None
        return {
            **data, "standards": list(data["standards"]), "file_name": file.name, "chunks": file.chunks(),
            "profile": "" if own else profile, "own_profile": own,
            "sample": {"lot": str(size), "aql": aql or "1.0", "level": "II"} if size else None,
        }  # fmt: skip


def _choices(field: Any, rows: Any) -> None:
    field.queryset = rows
