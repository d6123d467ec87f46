"""The interface for programs: `/api/v1`, the same acts and selectors as the pages."""

from hengliang.platform.site.api.interface import api

__all__ = ["api"]
