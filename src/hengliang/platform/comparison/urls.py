"""Addresses of comparisons."""

from django.urls import path

from hengliang.platform.comparison import views

app_name = "comparison"
urlpatterns = [path("", views.preview, name="preview")]
