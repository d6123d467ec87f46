"""The page before an irreversible act: what will happen, to how many, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .objects import Crumb
from .words import Words


class ReasonForm(forms.Form):
    """The reason for an act, as it will stand in the history."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays in the history for good and is seen by everyone who may see this."),
    )


@dataclass(kw_only=True)
class Confirmation:
    """Asks before an act. In the view: `if confirm.confirmed(request): act(reason=confirm.reason)`, else
    `return confirm.respond(request)`.

    `consequences` are sentences; `affected` the number of rows; `examples` a few of their names; `carry` the hidden
    fields that lead back to the same rows (`Selection.fields()`). `form` replaces the reason by a form of your own.
    """

    title: Words
    verb: Words
    back: str
    consequences: Sequence[Words] = ()
    affected: int | None = None
    examples: Sequence[str] = ()
    reason_needed: bool = True
    danger: bool = False
    carry: Sequence[tuple[str, str]] = ()
    crumbs: Sequence[Crumb] = ()
    form_class: type[forms.Form] | None = None
    initial: dict[str, Any] = field(default_factory=dict)
    form: forms.Form | None = field(default=None, init=False)
    template: ClassVar[str] = "core/form/confirm.html"

    def confirmed(self, request: HttpRequest) -> bool:
        """Whether this request is the confirmed act, with a reason where one is needed. Afterwards `form` is bound."""
        form_class = self.form_class or (ReasonForm if self.reason_needed else forms.Form)
        if request.method == "POST" and request.POST.get("confirmed") == "1":
            self.form = form_class(request.POST)
            return self.form.is_valid()
        self.form = form_class(initial=self.initial)
        return False

    @property
    def reason(self) -> str:
        """The reason given; empty when none was asked for."""
        return str(self.form.cleaned_data.get("reason", "")) if self.form and self.form.is_bound else ""

    def respond(self, request: HttpRequest) -> HttpResponse:
        """The page that asks."""
        if self.form is None:
            self.confirmed(request)
        status = 422 if self.form is not None and self.form.is_bound else 200
        return render(
            request,
            self.template,
            {"ask": self, "title": self.title, "crumbs": self.crumbs, "form": self.form},
            status=status,
        )
