"""Every address of the platform."""

from django.urls import include, path

urlpatterns = [
    path("parties/", include("hengliang.platform.parties.urls")),
    path("accounts/", include("allauth.urls")),
]
