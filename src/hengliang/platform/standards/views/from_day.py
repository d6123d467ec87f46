"""From which day on something holds no longer, or holds again, and why: the same question for every register."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import pgettext

from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.requests import Request
from hengliang.platform.standards.forms import FromForm


def ask_from_day(
    request: Request, act: Callable[..., object], *, verb: str, name: str, back: str, after: str = ""
) -> HttpResponse:
    """Ask for day and reason, and act.

    act : takes `on` and `reason`; verb, name : what is done, to what; back : where the question came from;
    after : where to go when it is done, by default back
    """
    form = FromForm(request.POST or None, initial={"on": request.actor.today})

    def done() -> str:
        act(**form.cleaned_data)
        return after or back

    return form_page(request, form, done, title=f"{verb}{pgettext('label', ': ')}{name}", verb=verb, back=back)
