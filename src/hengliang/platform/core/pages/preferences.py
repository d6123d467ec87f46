"""How a reader likes the pages: the theme, kept in a cookie; and filters kept by name."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .context import THEME_COOKIE, THEMES
from .table.asked import YEAR
from .table.saved import store
from .viewer import actor_of, signed_in


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep light, dark or as the device has it."""
    response = _back(request)
    wanted = request.POST.get("theme", "")
    if wanted in THEMES:
        response.set_cookie(THEME_COOKIE, wanted, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a table under a name, or forget one."""
    kept, actor = store(), actor_of(request)
    if kept is None or not signed_in(actor):
        return HttpResponse(status=404)
    table, name = request.POST.get("table", "")[:80], request.POST.get("name", "").strip()[:80]
    if forget := request.POST.get("remove"):
        kept.remove(actor, table, forget)
    elif table and name:
        kept.save(actor, table, name, request.POST.get("query", "")[:2000])
    return _back(request)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    to = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(to if safe else "/")
