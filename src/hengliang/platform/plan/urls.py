"""Addresses of plans and targets."""

from django.urls import path

from hengliang.platform.plan import views

app_name = "plan"
urlpatterns = [
    path("targets/", views.targets, name="targets"),
    path("targets/<slug:name>/", views.target, name="target"),
    path("targets/<slug:name>/months.json", views.target_months, name="target_months"),
    path("targets/<slug:name>/regions.json", views.target_regions, name="target_regions"),
    path("targets/<slug:name>/<slug:part>/", views.target_rows, name="target_rows"),
]
