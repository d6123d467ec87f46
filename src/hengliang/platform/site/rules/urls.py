"""Addresses of the rules."""

from django.urls import path

from hengliang.platform.site.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.rule_list, name="rule_list"),
    path("<path:norm>/compare/", views.compare, name="compare"),
    path("<path:norm>/", views.rule, name="rule"),
]
