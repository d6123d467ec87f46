"""A page of one form for one act: shown, refused beside the field, or done.

`form_page` is the whole page. A page that shows its form in another way takes `beside` alone.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from hengliang.platform.core.errors import NotPermitted, PlatformError
from hengliang.platform.core.requests import Request

from .objects import Crumb
from .words import Words


def given(request: Request) -> tuple[Any, ...]:
    """What a form is bound to: nothing before it is sent."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def sent(request: Request) -> QueryDict | None:
    """What a form without files is bound to, beside its own options; None before it is sent."""
    return request.POST if request.method == "POST" else None


def beside(form: forms.BaseForm, refused: PlatformError, otherwise: str | None = None) -> None:
    """The refusal stands at its field, at the field `otherwise` where it names none of this form, else at the top.

    Raises the refusal itself where the act is not permitted: no entry would mend that.
    """
    if isinstance(refused, NotPermitted):
        raise refused
    field = getattr(refused, "field", "")
    form.add_error(field if field in form.fields else otherwise, str(refused))


def form_page(
    request: Request, form: forms.BaseForm, act: Callable[[], str | HttpResponse | None], *, title: Words,
    verb: Words = "", back: str = "", lead: Words = "", done: Words = "", otherwise: str | None = None,
    crumbs: Sequence[Crumb] = (), template: str = "core/form/page.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """The page of a form, or what follows once it is done.

    act : does it once the form is valid; gives where to go (None: `back`), or the answer itself
    lead : what to know before filling it in
    done : said on the next page
    otherwise : field at which a refusal stands that names none of the form's
    more : what an own `template` shows besides
    """
    if form.is_bound and form.is_valid():
        try:
            answer = act()
        except PlatformError as refused:
            beside(form, refused, otherwise)
        else:
            if done:
                messages.success(request, str(done))
            return answer if isinstance(answer, HttpResponse) else redirect(answer or back)
    context = {"title": title, "form": form, "verb": verb, "back": back, "lead": lead, "crumbs": crumbs, **more}
    return render(request, template, context, status=422 if form.errors else 200)
