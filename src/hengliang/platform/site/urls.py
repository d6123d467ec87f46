"""Every address of the platform."""

from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from hengliang.platform.core.pages import errors
from hengliang.platform.site.api import api

urlpatterns = [
    path("", include("hengliang.platform.site.observe")),
    # Open to forms without a token: public pages have no cookie to hold one, and a language is no harm.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("_pages/", include("hengliang.platform.core.pages.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("c/", include("hengliang.platform.certificates.public_urls")),
    path("log/", include("hengliang.platform.core.log.urls")),
    path("certificates/", include("hengliang.platform.certificates.urls")),
    path("ledger/", include("hengliang.platform.registry.urls")),
    path("verification/", include("hengliang.platform.verification.urls")),
    path("supervision/", include("hengliang.platform.supervision.urls")),
    path("p/", include("hengliang.platform.plan.public_urls")),
    path("plan/", include("hengliang.platform.plan.urls")),
    path("exchange/", include("hengliang.platform.exchange.urls")),
    path("", include("hengliang.platform.core.urls")),
    path("", include("hengliang.platform.site.desks.urls")),
    path("parties/", include("hengliang.platform.parties.urls")),
    path("rules/", include("hengliang.platform.site.rules.urls")),
    path("comparison/", include("hengliang.platform.comparison.urls")),
    path("standards/", include("hengliang.platform.standards.urls")),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
