"""Marks and their stock for programs: the same acts and selectors as the pages, and the public check of a number."""

from hengliang.platform.certificates.api_marks import stock
from hengliang.platform.certificates.api_marks.marks import router

__all__ = ["router", "stock"]
