"""The kit's own addresses with the gallery, as a server in debugging has them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from hengliang.platform.core.pages import errors, preferences
from hengliang.platform.core.pages.gallery import views


def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("as if something broke")


kit = [
    path("theme", preferences.theme, name="theme"),
    path("filters", preferences.save_filter, name="save_filter"),
    *views.urlpatterns,
]
urlpatterns = [
    path("_pages/", include((kit, "pages"))),
    path("i18n/", include("django.conf.urls.i18n")),
    path("failing", failing),
]
handler400, handler403, handler404, handler500 = (
    errors.bad_request,
    errors.permission_denied,
    errors.not_found,
    errors.server_error,
)
