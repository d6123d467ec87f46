"""Pages for what went wrong: what happened, and what to do next. Put as handlers into the root addresses.

Whoever is signed in keeps the navigation: an error is a page of the platform, not the way out of it.
"""

import sys
from collections.abc import Callable
from typing import Any

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import PlatformError

from .table.errors import TableError
from .viewer import actor_of, signed_in

PLAIN, DESK = "core/citizen/base.html", "core/base.html"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request can't be understood."""
    reason = exception.words() if isinstance(exception, TableError) else ""
    return page(request, "core/errors/400.html", 400, reason=reason)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the reader may not do this."""
    return page(request, "core/errors/403.html", 403, reason=str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is here, or nothing that the reader may see."""
    return page(request, "core/errors/404.html", 404)


def only_sent(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: what only a form comes to was opened: after a change of language, a login, or from a bookmark."""
    answer = page(request, "core/errors/405.html", 405)
    answer["Allow"] = allowed
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 while the database does not answer. Needs no database."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return _unavailable(request)
    return page(request, "core/errors/500.html", 500)


def _unavailable(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        told = _("The database does not answer. Nothing was done; try again soon.")
        body = {"type": "about:blank#unavailable", "title": "unavailable", "status": 503, "detail": told}
        answer: HttpResponse = JsonResponse(body, status=503, content_type="application/problem+json; charset=utf-8")
    else:
        answer = render(request, "core/errors/503.html", {"shell": PLAIN, "nav": []}, status=503)
    answer["Retry-After"] = "10"
    return answer


def csrf_failure(request: HttpRequest, reason: str = "", **_kwargs: Any) -> HttpResponse:
    """403 of a form that lay open too long."""
    return page(request, "core/errors/csrf.html", 403)


def page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """A page of an error: with the navigation for who is signed in, without it where even that can't be had."""
    try:
        shell = DESK if signed_in(actor_of(request)) else PLAIN
        return render(request, template, context | {"shell": shell}, status=status)
    except Exception:  # of an error page: what just failed may be what the frame asks for
        if status < 500:
            raise
        return render(request, template, context | {"shell": PLAIN, "nav": []}, status=status)


class RefusalMiddleware:
    """An act that was refused outside a form becomes a page that says why, with the status of the refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == 405 and request.method == "GET" and not answer.content:
            return only_sent(request, answer["Allow"])
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, or JSON for a script of our pages; other exceptions are not ours."""
        if isinstance(exception, DataError) or _not_a_text(exception):
            return self._not_storable(request)
        if not isinstance(exception, PlatformError):
            return None
        if request.content_type == "application/json":
            return JsonResponse({"words": str(exception), "code": exception.code}, status=exception.status)
        template = "core/errors/403.html" if exception.status == 403 else "core/errors/refused.html"
        return page(request, template, exception.status, reason=str(exception))

    def _not_storable(self, request: HttpRequest) -> HttpResponse:
        """What no column can hold came as far as the database: what was asked for is the reader's to mend."""
        words = _("A text is too long, a number too large, or a sign can't be stored.")
        if request.method in ("GET", "HEAD"):
            return page(request, "core/errors/400.html", 400, reason=words)
        return page(request, "core/errors/refused.html", 422, reason=words)


def _not_a_text(exception: Exception) -> bool:
    """NUL, or half of a sign: JSON writes both, and no database takes them."""
    if isinstance(exception, UnicodeEncodeError):
        return exception.reason == "surrogates not allowed"
    return isinstance(exception, ValueError) and "NUL (0x00)" in str(exception)
