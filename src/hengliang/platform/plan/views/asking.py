"""One form, one act: shown, refused beside the field, or done."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hengliang.platform.core.errors import NotPermitted, PlatformError
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request


def given(request: Request) -> tuple[Any, ...]:
    """What a form is bound to: nothing before it is sent."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def ask(
    request: Request, form: forms.BaseForm, act: Callable[[], str], *, title: str, verb: str, back: str,
    lead: str = "", done: str = "", crumbs: Sequence[Crumb] = (),
) -> HttpResponse:  # fmt: skip
    """The page of a form. `act` does it and gives where to go."""
    if form.is_bound and form.is_valid():
        try:
            to = act()
        except NotPermitted:
            raise
        except PlatformError as refused:
            field = getattr(refused, "field", "")
            form.add_error(field if field in form.fields else None, str(refused))
        else:
            if done:
                messages.success(request, done)
            return redirect(to)
    context = {"title": title, "form": form, "verb": verb, "back": back, "lead": lead, "crumbs": crumbs}
    return render(request, "core/form/page.html", context, status=422 if form.errors else 200)
