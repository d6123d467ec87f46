"""Applications, tasks, original records, arbitrations, re-tests and rounds for programs."""

from ninja import Router

from hengliang.platform.verification.api import (
    applications,
    arbitrations,
    bench_profiles,
    counter,
    fees,
    lot_results,
    lots,
    mediations,
    records,
    retests,
    rounds,
    tasks,
)

router = Router(tags=["verification"])
router.add_router("/applications", applications.router)
router.add_router("/tasks", tasks.router)
router.add_router("/records", records.router)
router.add_router("/arbitrations", arbitrations.router)
router.add_router("/arbitrations", mediations.router)
router.add_router("/retests", retests.router)
router.add_router("/rounds", rounds.router)
router.add_router("/counter", counter.router)
router.add_router("", fees.router)
router.add_router("/lots", lots.router)
router.add_router("/bench-profiles", bench_profiles.router)
router.add_router("/results", lot_results.router)

__all__ = ["router"]
