"""One's own account: roles, tokens, the way in."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import beside, form_page
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.errors import InvitationSpent
from hengliang.platform.parties.forms import InvitationAcceptForm, TokenForm
from hengliang.platform.parties.models import Account, ApiToken, Invitation, RoleAssignment
from hengliang.platform.parties.second_factor import asks_for_code
from hengliang.platform.parties.selectors import account_invited, invitation_of
from hengliang.platform.parties.services import invitation_accept, invitation_take, token_make, token_revoke


@login_required
def account(request: Request) -> HttpResponse:
    """Who I am here: roles of today, tokens, password and second factor."""
    roles = RoleAssignment.objects.on(request.actor.today).filter(account_id=request.actor.account_id or 0)
    tokens = ApiToken.objects.filter(account_id=request.actor.account_id or 0, revoked_at=None)
    context = {
        "title": request.actor.name,
        "roles": roles.select_related("organisation", "region").order_by("role"),
        "tokens": tokens.order_by("expires_at"),
    }
    return render(request, "parties/account.html", context)


@login_required
@asks_for_code
def token_new(request: Request) -> HttpResponse:
    """A new token; its text is shown once, on the page that answers."""
    form = TokenForm(request.POST or None)

    def made() -> HttpResponse:
        _row, text = token_make(actor=request.actor, **form.cleaned_data)
        return render(request, "parties/token_made.html", {"title": _("Token made"), "text": text})

    return form_page(request, form, made, title=_("New token"), verb=_("Make token"))


@login_required
def token_end(request: Request, pk: int) -> HttpResponse:
    """A token is revoked, after a question."""
    token = get_object_or_404(ApiToken, pk=pk, account_id=request.actor.account_id or 0, revoked_at=None)
    ask = Confirmation(
        title=_("Revoke token “%(name)s”") % {"name": token.name},
        verb=_("Revoke"),
        back="/parties/account/",
        danger=True,
        affected=1,
        consequences=[_("Programs that use it are refused at once.")],
        reason_needed=False,
    )
    if ask.confirmed(request):
        token_revoke(actor=request.actor, token=token)
        return redirect("parties:account")
    return ask.respond(request)


@never_cache
def invitation_accept_page(request: Request, token: str) -> HttpResponse:
    """The page behind an invitation's link: name, user name, password; one button for an account that is known."""
    invitation = invitation_of(token, request.actor.at)
    if invitation is None:
        raise InvitationSpent("invitation_spent", "This invitation is no longer good. Ask for a new one.")
    if (known := account_invited(invitation)) is not None or request.actor.account_id is not None:
        return _taken(request, token, invitation, known)
    form = InvitationAcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invitation_accept(actor=request.actor, token=token, **form.cleaned_data)
        except InputRefused as refused:
            beside(form, refused)
        except ValidationError as weak:
            form.add_error("password", weak)
        else:
            login(request, made, backend="django.contrib.auth.backends.ModelBackend")
            return redirect("/")
    return render(request, "parties/invitation_accept.html", {"form": form, "invitation": invitation})


def _taken(request: Request, token: str, invitation: Invitation, known: Account | None) -> HttpResponse:
    is_own = known is not None and known.pk == request.actor.account_id
    if is_own and request.method == "POST":
        invitation_take(actor=request.actor, token=token)
        return redirect("parties:account")
    context = {"invitation": invitation, "is_own": is_own, "logged_in": request.actor.account_id is not None}
    return render(request, "parties/invitation_take.html", context, status=200 if is_own else 403)
