"""Pages of core: one's notifications, and files attached."""

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hengliang.platform.core import attachments
from hengliang.platform.core.models import Attachment
from hengliang.platform.core.requests import Request
from hengliang.platform.core.selectors import notifications_of
from hengliang.platform.core.services import notification_read
from hengliang.platform.core.tables import NotificationTable


@login_required
def notification_list(request: Request) -> HttpResponseBase:
    """What the reader was told."""
    rows = notifications_of(request.actor).prefetch_related("deliveries")
    return NotificationTable().respond(request, rows)


@login_required
@require_safe
def notification(request: Request, pk: int) -> HttpResponse:
    """One notification: it is read, and leads to what it speaks of."""
    rows = notifications_of(request.actor).filter(pk=pk)
    shown = get_object_or_404(rows)
    notification_read(actor=request.actor, rows=rows)
    return redirect(shown.url if shown.url.startswith("/") else "core:notification_list")


@login_required
@require_POST
def notifications_read(request: Request) -> HttpResponse:
    """The ticked ones are read."""
    ticked = NotificationTable().selected(request, notifications_of(request.actor))
    notification_read(actor=request.actor, rows=ticked)
    return redirect("core:notification_list")


@login_required
@require_safe
def attachment(request: Request, pk: int) -> HttpResponse:
    """A file attached to something that the reader may see; always a download, never opened in the page."""
    row = get_object_or_404(Attachment, pk=pk)
    if not attachments.may_read(request.actor, row):
        raise Http404
    data = attachments.read(row)
    if data is None:
        return HttpResponse(_("This file is missing or damaged in the store; its hash remains."), status=410)
    answer = HttpResponse(data, content_type=row.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name)}"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
