"""Pages for what went wrong: what happened, and what to do next. Put as handlers into the root addresses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from hengliang.platform.core.errors import PlatformError

from .table.errors import TableError
from .viewer import actor_of, signed_in

CITIZEN = "core/citizen/base.html"


def _shell(request: HttpRequest) -> str:
    """Whoever is at work keeps the menu; a citizen gets the page of citizens."""
    return "core/base.html" if signed_in(actor_of(request)) else CITIZEN


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request can't be understood."""
    reason = exception.words() if isinstance(exception, TableError) else ""
    return render(request, "core/errors/400.html", {"reason": reason, "shell": _shell(request)}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the reader may not do this."""
    context = {"reason": str(exception or ""), "shell": _shell(request)}
    return render(request, "core/errors/403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is here, or nothing that the reader may see."""
    return render(request, "core/errors/404.html", {"shell": _shell(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page needs no database."""
    return render(request, "core/errors/500.html", {"nav": [], "shell": CITIZEN}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "", **_kwargs: Any) -> HttpResponse:
    """403 of a form that lay open too long."""
    return render(request, "core/errors/csrf.html", {"shell": CITIZEN}, status=403)


class RefusalMiddleware:
    """An act that was refused outside a form becomes a page that says why, with the status of the refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, or JSON for a script of our pages; other exceptions are not ours."""
        if not isinstance(exception, PlatformError):
            return None
        if request.content_type == "application/json":
            return JsonResponse({"words": str(exception), "code": exception.code}, status=exception.status)
        context = {"reason": str(exception), "shell": _shell(request)}
        template = "core/errors/403.html" if exception.status == 403 else "core/errors/refused.html"
        return render(request, template, context, status=exception.status)
