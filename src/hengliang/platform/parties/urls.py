"""Addresses of parties."""

from django.urls import path

from hengliang.platform.parties import views

app_name = "parties"
urlpatterns = [
    path("invitation/<str:token>/", views.invitation_accept_page, name="invitation_accept"),
]
