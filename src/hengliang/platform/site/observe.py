"""What operators see: `/healthz`, `/metrics`, and one log line with fields for each request."""

import hmac
import os
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import structlog
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from hengliang import __version__
from hengliang.platform.core.log.state import log_state

# Asked every few seconds; logging them would bury the rest.
QUIET = {"healthz", "metrics", "public_log_tile", "public_log_checkpoint"}
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter("hengliang_requests_total", "Requests answered", ["method", "view", "status"])
SECONDS = Histogram("hengliang_request_seconds", "Time to answer", ["method", "view"], buckets=BOUNDS)
LOG_FIGURES = {
    "hengliang_log_size": "Entries under the published checkpoint",
    "hengliang_log_checkpoint_age_seconds": "Seconds since the checkpoint was signed",
    "hengliang_log_waiting": "Entries that wait for the sequencer",
    "hengliang_log_lag_seconds": "Seconds for which the oldest of them has been waiting",
}
HEARTBEAT = "SELECT EXTRACT(EPOCH FROM now() - max(last_heartbeat))::float FROM procrastinate_workers"

log = structlog.get_logger("hengliang.request")


class ObserveMiddleware:
    """Counts, times and logs each request, under the name of its view and never under its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - begun
        match = request.resolver_match
        view = (match.view_name or match.route) if match else "none"
        method = request.method if request.method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE") else "other"
        REQUESTS.labels(method, view, response.status_code).inc()
        SECONDS.labels(method, view).observe(seconds)
        if view not in QUIET:
            spoken = log.warning if response.status_code >= 500 else log.info
            took = round(seconds * 1000, 1)
            route = f"/{match.route}" if match else ""
            spoken("request", method=method, route=route, view=view, status=response.status_code, ms=took)
        return response


def healthz(_: HttpRequest) -> JsonResponse:
    """200 while pages can be served, 503 while the database does not answer; says how old the worker's sign is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(HEARTBEAT)
            row = cursor.fetchone()
        ledger_log = log_state()
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": False, "version": __version__}, status=503)
    worker = None if row is None or row[0] is None else round(row[0], 1)
    known: dict[str, Any] = {"status": "ok", "database": True, "worker_seen_seconds_ago": worker}
    return JsonResponse({**known, "log": asdict(ledger_log), "version": __version__})


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text: for this machine itself, and for whoever shows the token of HENGLIANG_METRICS_TOKEN."""
    if not _may_see_metrics(request):
        return HttpResponse(status=403)
    registry: CollectorRegistry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):  # several processes, one answer
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry) + generate_latest(_log_figures()), content_type=CONTENT_TYPE_LATEST)


def _log_figures() -> CollectorRegistry:
    """The log as the database has it: the same from whichever process answers."""
    registry = CollectorRegistry()
    try:
        state = log_state()
    except DatabaseError:  # counts of requests are most wanted just then
        return registry
    values = (state.size, state.checkpoint_age, state.waiting, state.lag)
    for (name, meaning), value in zip(LOG_FIGURES.items(), values, strict=True):
        if value is not None:
            Gauge(name, meaning, registry=registry).set(value)
    return registry


def _may_see_metrics(request: HttpRequest) -> bool:
    token = os.environ.get("HENGLIANG_METRICS_TOKEN", "")
    shown = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
        return True
    # Behind a proxy everybody comes from this machine, so whatever was passed on counts as foreign.
    passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and not passed_on


urlpatterns = [path("healthz", healthz, name="healthz"), path("metrics", metrics, name="metrics")]
