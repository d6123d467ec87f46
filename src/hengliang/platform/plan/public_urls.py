"""Addresses of plans that anybody may open; they stay as they are."""

from django.urls import path

from hengliang.platform.plan import public, public_consultation

urlpatterns = [
    path("consultations/<int:pk>/", public_consultation.public_consultation, name="public_consultation"),
    path("<int:pk>/", public.public_plan, name="public_plan"),
    path("<int:pk>/targets.csv", public.public_plan_csv, name="public_plan_csv"),
    path("<int:pk>/targets.json", public.public_plan_json, name="public_plan_json"),
]
