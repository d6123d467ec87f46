"""Addresses of plans and targets."""

from django.urls import path

from hengliang.platform.plan.views import live

app_name = "plan"
urlpatterns = [
    path("targets/", live.targets, name="targets"),
    path("targets/<slug:name>/", live.target, name="target"),
    path("targets/<slug:name>/months.json", live.target_months, name="target_months"),
    path("targets/<slug:name>/regions.json", live.target_regions, name="target_regions"),
    path("targets/<slug:name>/<slug:part>/", live.target_rows, name="target_rows"),
]
