"""Arithmetic that was done, kept so that it can be shown and checked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.policy.periods import Length


@dataclass(frozen=True)
class Anniversary:
    """``start`` plus so many years and months is reached on ``reached``."""

    start: date
    years: int
    months: int
    reached: date


@dataclass(frozen=True)
class ClosedPeriod:
    """The job from ``first_day`` to ``last_day``, both included, has this length."""

    first_day: date
    last_day: date
    length: Length


@dataclass(frozen=True)
class Sum:
    """Several periods added; ``reached`` is when they come to what is needed, if ever."""

    parts: tuple[Length, ...]
    total: Length
    reached: date | None


@dataclass(frozen=True)
class WorkingDays:
    """A notice posted on ``posted`` has hung for ``count`` working days at 24:00 of ``ends``."""

    posted: date
    count: int
    ends: date


@dataclass(frozen=True)
class DaysAfter:
    """``start`` plus ``days`` falls on ``reached``, moved to ``moved`` if that is a rest day."""

    start: date
    days: int
    reached: date
    rest: bool
    moved: date


Computed = Anniversary | ClosedPeriod | Sum | WorkingDays | DaysAfter
