"""Addresses of the kit itself. `pages:gallery…` exist only where debugging is on."""

from django.conf import settings
from django.urls import path

from . import preferences
from .gallery import views as gallery

app_name = "pages"
urlpatterns = [
    path("theme", preferences.theme, name="theme"),
    path("filters", preferences.save_filter, name="save_filter"),
]
if settings.DEBUG or getattr(settings, "PAGES_GALLERY", False):
    urlpatterns += gallery.urlpatterns
