"""Pages of parties."""

from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.forms import InvitationAcceptForm
from hengliang.platform.parties.services import invitation_accept


def invitation_accept_page(request: Request, token: str) -> HttpResponse:
    """The page behind an invitation's link: name, user name, password."""
    form = InvitationAcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = invitation_accept(actor=request.actor, token=token, **form.cleaned_data)
        except InputRefused as refused:
            form.add_error(refused.field or None, str(refused))
        except ValidationError as weak:
            form.add_error("password", weak)
        else:
            login(request, account, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("/")
    return render(request, "parties/invitation_accept.html", {"form": form})
