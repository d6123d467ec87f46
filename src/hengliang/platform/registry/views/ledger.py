"""The ledger as a list, the catalogue, and what fields look up."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import HOLDER_ROLES, Role
from hengliang.platform.core.search import matching
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.imports.files import headers, spread
from hengliang.platform.registry.imports.told import export_rows
from hengliang.platform.registry.selectors.catalogue import catalogue_list, items_like
from hengliang.platform.registry.selectors.ledger import entry_list
from hengliang.platform.registry.states import LOST, MERGED, SCRAPPED, STOPPED
from hengliang.platform.registry.tables import CatalogueTable, as_of, ledger_table

_MEDIA = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
_LOOKED_UP = 20
# What the list leaves out unless it is asked for by state.
GONE = (STOPPED, LOST, SCRAPPED, MERGED)


@login_required
def instrument_list(request: Request) -> HttpResponseBase:
    """The instruments that the actor may see, those due first in front."""
    writes = request.actor.has(Role.AUTHORITY, *HOLDER_ROLES)
    actions = [
        Action(_("File an instrument"), reverse("registry:file"), primary=True, visible=lambda _a: writes),
        Action(_("Import a sheet"), reverse("registry:import_new"), visible=lambda _a: writes),
        Action(
            _("Export as a sheet to edit"),
            f"{reverse('registry:export', args=['xlsx'])}?{request.GET.urlencode()}",
            visible=lambda _a: writes,
        ),
        Action(_("Scan a code"), reverse("registry:scan")),
    ]
    rows = as_of(entry_list(request.actor), request.actor.today)
    hides = "status" not in request.GET
    return ledger_table().respond(
        request, rows.exclude(status__in=GONE) if hides else rows, actions=actions, context={"hides": hides}
    )


@login_required
def ledger_export(request: Request, form: str) -> HttpResponseBase:
    """The ledger in the form that an import reads again, with the filters of the list."""
    table = ledger_table()
    rows = as_of(entry_list(request.actor, parts=True), request.actor.today)
    narrowed = table.narrowed(rows, table._asked(request.GET, request.actor))
    answer = StreamingHttpResponse(
        spread(headers(), export_rows(narrowed), "csv" if form == "csv" else "xlsx"), content_type=_MEDIA[form]
    )
    name = f"{_('Ledger')}-{request.actor.today:%Y%m%d}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@login_required
def catalogue(request: Request) -> HttpResponseBase:
    """The mandatory catalogue, with how sure each row is."""
    return CatalogueTable().respond(request, catalogue_list())


@login_required
def items(request: Request) -> HttpResponse:
    """Items of the catalogue for a field."""
    found = items_like(request.GET.get("q", "")[:100])[:_LOOKED_UP]
    return JsonResponse([{"value": str(one.pk), "label": one.spoken, "hint": one.code} for one in found], safe=False)


@login_required
def parties(request: Request) -> HttpResponse:
    """Organisations for a field, by any part of their name or code."""
    return _looked_up(request, bodies=False)


@login_required
def bodies(request: Request) -> HttpResponse:
    """Verification bodies for a field."""
    return _looked_up(request, bodies=True)


def _looked_up(request: Request, *, bodies: bool) -> HttpResponse:
    rows = Organisation.objects.visible_to(request.actor)
    if bodies:
        rows = rows.filter(is_verification_body=True)
    found = matching(rows, request.GET.get("q", "")[:100]).order_by("name")[:_LOOKED_UP]
    told = [{"value": str(row.pk), "label": row.name, "hint": row.credit_code or ""} for row in found]
    return JsonResponse(told, safe=False)
