"""What the forms of standards have in common: an act whose refusal stands at its field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.pages.words import Words
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES, Actor
from hengliang.platform.parties.models import Organisation


def entered(
    request: Request, form: forms.Form, enter: Callable[..., Any], *, title: Words, verb: Words, back: str
) -> HttpResponse:
    """The form; once `enter` has done the act with the cleaned data, on to the address it gives, or `back`."""
    if request.method == "POST" and form.is_valid():
        try:
            onwards = enter(**form.cleaned_data)
        except InputRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(onwards or back)
    status = 422 if form.is_bound else 200
    context = {"title": title, "form": form, "verb": verb, "back": back}
    return render(request, "core/form/page.html", context, status=status)


def own_bodies(actor: Actor) -> Any:
    """The bodies whose people and standards the actor manages, or oversees."""
    rows = Organisation.objects.filter(is_verification_body=True).order_by("name")
    return rows.filter(pk__in=actor.organisations(BODY_ROLES)) | rows.filter(region_id__in=actor.regions())
