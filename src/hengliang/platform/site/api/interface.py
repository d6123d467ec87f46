"""One NinjaAPI with the routers of all apps, and one form of errors (RFC 9457, problem+json)."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Swagger
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.site.api.access import AccessBySession, AccessByToken
from hengliang.platform.site.api.problems import with_problems


class Interface(NinjaAPI):
    """Ninja's, with the refusals in its description, which is made once: it takes over a second and never changes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._described: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The OpenAPI document, the same in every language; to be read, not to be changed."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self._described:
            self._described[prefix] = with_problems(super().get_openapi_schema(path_prefix=prefix))
        return self._described[prefix]


api = Interface(
    title="衡量 Hengliang",
    version="1",
    description="The ledger, verification, certificates and targets. Dates are days in Asia/Shanghai.",
    docs=Swagger(settings={"persistAuthorization": False, "validatorUrl": None, "docExpansion": "none"}),
    auth=[AccessByToken(), AccessBySession()],
    urls_namespace="api",
)
for prefix, router in (
    ("/parties", "hengliang.platform.parties.api.router"),
    ("/ledger", "hengliang.platform.registry.api.router"),
    ("/standards", "hengliang.platform.standards.api.router"),
    ("/verification", "hengliang.platform.verification.api.router"),
    ("/certificates", "hengliang.platform.certificates.api.router"),
    ("/marks", "hengliang.platform.certificates.api_marks.router"),
    ("/supervision", "hengliang.platform.supervision.api.router"),
    ("/plan", "hengliang.platform.plan.api.router"),
    ("/exchange", "hengliang.platform.exchange.api.router"),
):
    api.add_router(prefix, router)


def problem(request: HttpRequest, status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """An answer of type problem+json; `code` is stable, `detail` is in the reader's language."""
    body = {"type": f"about:blank#{code}", "title": code, "status": status, "detail": detail} | more
    answer = api.create_response(request, body, status=status)
    answer["Content-Type"] = "application/problem+json; charset=utf-8"
    return answer


@api.exception_handler(PlatformError)
def refused(request: HttpRequest, error: PlatformError) -> HttpResponse:
    """What a service refused, with its code and parameters."""
    more: dict[str, Any] = {"params": {key: str(value) for key, value in error.params.items()}}
    if field := getattr(error, "field", ""):
        more["field"] = field
    if problems := getattr(error, "problems", None):
        more["problems"] = problems
    return problem(request, error.status, error.code, str(error), **more)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input that does not have the form that the interface describes."""
    errors = [{"where": fault.get("loc", ()), "says": fault.get("msg", "")} for fault in error.errors]
    return problem(request, 422, "input_malformed", _("The input does not have the right form."), errors=errors)


@api.exception_handler(DjangoValidationError)
def invalid(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    """Input that a field refuses."""
    return problem(request, 422, "input_invalid", " ".join(error.messages))


@api.exception_handler(IntegrityError)
def clashing(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """What the database refuses because it stands there already, or changed meanwhile."""
    return problem(request, 409, "conflict", _("It clashes with what is entered already. Read it again and compare."))


@api.exception_handler(DataError)
def not_storable(request: HttpRequest, error: DataError) -> HttpResponse:
    """What no column of the database can hold: a text that is too long, a number that is too large, a sign NUL."""
    return problem(
        request, 422, "not_storable", _("A text is too long, a number too large, or a sign can't be stored.")
    )


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database does not answer; nothing was done."""
    answer = problem(request, 503, "unavailable", _("The database does not answer. Nothing was done; try again soon."))
    answer["Retry-After"] = "10"
    return answer


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Nothing there, or nothing that the actor may see."""
    return problem(request, 404, "not_found", _("There is nothing here, or nothing that you may see."))


@api.exception_handler(AuthenticationError)
def not_known(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Neither a session nor a token that is good."""
    return problem(request, 401, "not_authenticated", _("Send a token: “Authorization: Bearer …”."))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Whatever else ninja refuses."""
    return problem(request, error.status_code, "refused", str(error))
