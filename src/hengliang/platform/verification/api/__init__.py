"""Applications, tasks and original records for programs."""

from ninja import Router

from hengliang.platform.verification.api import applications, records, tasks

router = Router(tags=["verification"])
router.add_router("/applications", applications.router)
router.add_router("/tasks", tasks.router)
router.add_router("/records", records.router)

__all__ = ["router"]
