"""Logs with fields: one JSON object a line for machines, readable lines for a person at a terminal."""

import logging
import os
import sys
from typing import Any

import structlog

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


class RoutesForPaths(logging.Filter):
    """Addresses may hold tokens that open accounts: what Django says of a request names its route, not its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its request and with the route in place of the path."""
        request = record.__dict__.pop("request", None)
        path = getattr(request, "path", None)
        if path and isinstance(record.args, tuple):
            match = getattr(request, "resolver_match", None)
            route = f"/{match.route}" if match else "(no route)"
            record.args = tuple(route if arg == path else arg for arg in record.args)
        return True


def form() -> str:
    """`json` or `console`: what HENGLIANG_LOG says, else what suits stderr."""
    return os.environ.get("HENGLIANG_LOG") or ("console" if sys.stderr.isatty() else "json")


def settings() -> dict[str, Any]:
    """The configuration for `logging.config.dictConfig`, Django's `LOGGING` and granian.

    `structlog.get_logger()` and the standard library's loggers both end in the one handler, on stderr.
    """
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handlers = {"all": {"class": "logging.StreamHandler", "formatter": "fields", "filters": ["routes"]}}
    quiet = {name: {"level": "WARNING"} for name in ("django.server", "procrastinate", "fontTools", "asyncio")}
    granian = {"_granian": {"handlers": ["all"], "level": "WARNING", "propagate": False}}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"fields": {"()": _formatter}},
        "filters": {"routes": {"()": RoutesForPaths}},
        "handlers": handlers,
        "root": {"handlers": ["all"], "level": os.environ.get("HENGLIANG_LOG_LEVEL", "INFO")},
        "loggers": {**quiet, **granian, "django": {"handlers": [], "level": "INFO", "propagate": True}},
    }


def _formatter() -> structlog.stdlib.ProcessorFormatter:
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if form() == "json":  # without the values of local variables: they hold personal data
        traces = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        last += [structlog.processors.ExceptionRenderer(traces)]
        last += [structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        plain = structlog.dev.plain_traceback
        last += [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=SHARED, processors=last)
