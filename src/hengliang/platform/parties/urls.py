"""Addresses of parties."""

from django.urls import path

from hengliang.platform.parties import views

app_name = "parties"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/tokens/new/", views.token_new, name="token_new"),
    path("account/tokens/<int:pk>/revoke/", views.token_end, name="token_revoke"),
    path("invitation/<str:token>/", views.invitation_accept_page, name="invitation_accept"),
    path("organisations/", views.organisation_list, name="organisation_list"),
    path("organisations/new/", views.organisation_new, name="organisation_new"),
    path("organisations/<int:pk>/", views.organisation, name="organisation"),
    path("organisations/<int:pk>/revise/", views.organisation_change, name="organisation_revise"),
    path("organisations/<int:pk>/invite/", views.invite, name="invite"),
    path("roles/<int:pk>/end/", views.role_stop, name="role_end"),
]
