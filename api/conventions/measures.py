"""What is measured of every request, for Prometheus. No label ever names a person or a case."""

from __future__ import annotations

from functools import cache

from prometheus_client import Counter, Histogram

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_requests = Counter("mingjian_requests", "Requests answered.", ("method", "route", "status"))
_failures = Counter("mingjian_job_failures", "Failures of background jobs.", ("job",))
_missed = Counter("mingjian_deadline_failures", "Deadlines that could not be kept.", ("kind",))
_applied = Counter("mingjian_view_events", "Events that this process applied to views.")
_seconds = Histogram(
    "mingjian_request_seconds",
    "Time from receipt to answer, in seconds.",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


def known(method: str) -> str:
    """A method of HTTP; whatever else a client may have written in its place is ``other``."""
    return method if method in _METHODS else "other"


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request; ``route`` is the pattern of its address."""
    requests, taken = _of(method, route, status)
    requests.inc()
    taken.observe(seconds)


@cache
def _of(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """What is measured of requests that were answered so: as many as there are patterns."""
    return _requests.labels(method, route, str(status)), _seconds.labels(method, route)


def count_job_failure(job: str) -> None:
    """Count a failure of a job that runs beside the requests."""
    _failures.labels(job).inc()


def count_missed_deadline(kind: str) -> None:
    """Count a deadline whose event could not be appended this time."""
    _missed.labels(kind).inc()


def count_applied(events: int) -> None:
    """Count events that the views have followed."""
    _applied.inc(events)
