"""What is asked for before an act of exchange."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.confirm import ReasonForm
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.core.selectors import region_list
from hengliang.platform.exchange.models import Discrepancy, Dispatch, InboundBatch, OutsideSystem
from hengliang.platform.exchange.port import ADAPTERS
from hengliang.platform.exchange.profiles import Profile, profiles
from hengliang.platform.exchange.reasons import field_title
from hengliang.platform.exchange.rights import SUBSCRIBES
from hengliang.platform.exchange.webhooks.events import CODES
from hengliang.platform.parties.models import Organisation


def _profiles() -> list[tuple[str, str]]:

    tongue = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return [(one.id, one.title.get(tongue, one.id)) for one in profiles().values()]


class SystemForm(forms.Form):
    """A system that is connected."""

    name = forms.CharField(label=_("Name"), max_length=100)
    code = forms.SlugField(
        label=_("Short name"), max_length=40, help_text=_("Small letters, for numbers of rows that are sent: ecqs.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OutsideSystem.Kind.choices)
    operator = forms.CharField(label=_("Operated by"), max_length=200, required=False)
    region = forms.ChoiceField(label=_("Region"), help_text=_("Only what stands there is exchanged."))
    bodies = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Bodies that take part"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They may bring in their tasks and send their results themselves."),
    )
    profile = forms.ChoiceField(label=_("Mapping profile"), choices=_profiles)
    adapter = forms.ChoiceField(
        label=_("Way of exchange"), choices=[(code, adapter.title) for code, adapter in ADAPTERS.items()]
    )

    def __init__(self, actor: Actor, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = region_list(actor.today)
        if not actor.has(Role.ADMINISTRATOR):
            rows = rows.filter(region_id__in=actor.regions({Role.AUTHORITY}))
        self.fields["region"].choices = [(str(row.region_id), row.name) for row in rows]  # type: ignore[attr-defined]
        bodies = Organisation.objects.filter(is_verification_body=True).order_by("name")
        self.fields["bodies"].queryset = bodies  # type: ignore[attr-defined]


class MappingForm(ReasonForm):
    """What is called otherwise in a system than the profile says."""

    text = forms.CharField(
        label=_("Change of the mapping (YAML)"),
        widget=forms.Textarea({"rows": 14, "spellcheck": "false"}),
        help_text=_("Only what is called otherwise; the rest holds as shipped. A field with null is taken away."),
    )
    field_order = ("text", "reason")


class BatchForm(forms.Form):
    """A file of another system."""

    file = forms.FileField(label=_("File"), help_text=_("As the other system exports it; up to 64 MB."))
    kind = forms.ChoiceField(label=_("What it holds"))
    stated_on = DayField(label=_("Day of which it speaks"), help_text=_("The day on which it was exported."))
    complete = forms.BooleanField(
        label=_("It holds all that the other system has of the region"),
        required=False,
        help_text=_("Only then can be said what is only here."),
    )

    def __init__(self, profile: Profile, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [one for one in InboundBatch.Kind.choices if one[0] in profile.inbound]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class DispatchForm(forms.Form):
    """What is to be sent."""

    kind = forms.ChoiceField(label=_("What it holds"))
    until = DayField(label=_("Up to and including"))

    def __init__(self, profile: Profile, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [one for one in Dispatch.Kind.choices if one[0] in profile.outbound]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class IgnoreForm(ReasonForm):
    """Until when."""

    until = DayField(label=_("Until"), help_text=_("From that day on it waits again."))
    field_order = ("until", "reason")


class LinkForm(ReasonForm):
    """Which two are one."""

    instrument = forms.CharField(label=_("Code of the instrument here"), max_length=20)
    value = forms.CharField(label=_("Their number"), max_length=100)
    field_order = ("instrument", "value", "reason")


def take_form(found: Discrepancy) -> type[ReasonForm]:
    """The fields that differ, to be taken one by one."""

    class TakeForm(ReasonForm):
        fields_taken = forms.MultipleChoiceField(
            label=_("Fields to be taken"),
            choices=[
                (one["field"], f"{field_title(one['field'])}: {one['ours'] or '—'} → {one['theirs']}")
                for one in found.fields
            ],
            initial=[one["field"] for one in found.fields],
            widget=forms.CheckboxSelectMultiple,
        )
        field_order = ("fields_taken", "reason")

    return TakeForm


class WebhookForm(forms.Form):
    """Where to, and what."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    url = forms.CharField(label=_("Address"), max_length=500, help_text=_("https://…, reachable from the Internet."))
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(code, event.says) for code, event in CODES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    description = forms.CharField(label=_("What it is for"), max_length=200, required=False)

    def __init__(self, actor: Actor, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        own = {g.organisation_id for g in actor.grants if g.role in SUBSCRIBES and g.organisation_id}
        rows = Organisation.objects.filter(pk__in=own).order_by("name")
        field = self.fields["organisation"]
        field.queryset, field.initial = rows, rows.first()  # type: ignore[attr-defined]


class SecretForm(forms.Form):
    """How long the old secret signs too."""

    overlap_hours = forms.IntegerField(
        label=_("The old secret signs too for (hours)"), min_value=0, max_value=168, initial=24,
        help_text=_("0 if it became known to others."),
    )  # fmt: skip
