"""Addresses of the public log. The form of those below `tile/` is given by C2SP tlog-tiles."""

from django.urls import path

from hengliang.platform.core.log import views

urlpatterns = [
    path("checkpoint", views.checkpoint, name="public_log_checkpoint"),
    path("offered", views.offered, name="public_log_offered"),
    path("cosigned", views.cosigned, name="public_log_cosigned"),
    path("key", views.key, name="public_log_key"),
    path("anchor.pem", views.anchor, name="public_log_anchor"),
    path("check_receipt.py", views.checker, {"form": "py"}, name="public_log_checker_py"),
    path("check_receipt.html", views.checker, {"form": "html"}, name="public_log_checker_html"),
    path("tile/<path:name>", views.tile, name="public_log_tile"),
]
