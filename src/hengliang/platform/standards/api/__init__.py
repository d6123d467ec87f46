"""Measurement standards, authorisations, designations and qualifications for programs."""

from ninja import Router

from hengliang.platform.standards.api import authorisations, designations, measurement_standards, qualifications

router = Router(tags=["standards"])
router.add_router("/measurement-standards", measurement_standards.router)
router.add_router("/authorisations", authorisations.router)
router.add_router("/designations", designations.router)
router.add_router("/qualifications", qualifications.router)

__all__ = ["router"]
