"""Addresses of core: one's notifications, and files attached."""

from django.urls import path

from hengliang.platform.core import views

app_name = "core"
urlpatterns = [
    path("notifications/", views.notification_list, name="notification_list"),
    path("notifications/read/", views.notifications_read, name="notifications_read"),
    path("notifications/<int:pk>/", views.notification, name="notification"),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
]
