"""Answers to people who are signed in are kept by nobody: not by the browser of a shared counter, nor on the way."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class NoStoreMiddleware:
    """Forbid to keep whatever is answered to a session or a token, unless the page itself has said how long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        personal = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if (personal or settings.SESSION_COOKIE_NAME in response.cookies) and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response
