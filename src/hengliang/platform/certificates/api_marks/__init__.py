"""Marks and their stock for programs: the same acts and selectors as the pages, and the public check of a number."""

from ninja import Router

from hengliang.platform.certificates.api_marks import marks, stock

router = Router(tags=["marks"])
router.add_router("", marks.router)
router.add_router("", stock.router)

__all__ = ["router"]
