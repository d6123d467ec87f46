"""Exchange for programs: files in and out, differences, webhooks; the same acts as the pages."""

from hengliang.platform.exchange.api import differences, files, webhooks
from hengliang.platform.exchange.api.mounting import router

__all__ = ["differences", "files", "router", "webhooks"]
