"""Addresses of the first screen."""

from django.urls import path

from hengliang.platform.site.desks import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("desk/figures/", views.desk_figures, name="desk_figures"),
    path("desk/due.json", views.due_chart, name="desk_due_chart"),
    path("desk/passes.json", views.pass_chart, name="desk_pass_chart"),
    path("desk/jobs/", views.jobs, name="desk_jobs"),
    path("desk/deliveries/", views.deliveries, name="desk_deliveries"),
]
