"""What is claimed about an applicant and the employer, as the law is asked about it.

A fact that is *not mentioned* is open: nobody has said it yet. Worked examples and the precheck
may assume instead that what is not mentioned is not in question (``assumes_stated``).
``None``, ``False`` and an empty tuple say that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from domain.policy.records import (
    NOT_MENTIONED,
    Achievement,
    Assessment,
    Education,
    NotMentioned,
    Record,
    Span,
    Title,
    Value,
    Work,
)
from domain.replacing import replace

if TYPE_CHECKING:
    from domain.policy.truth import Truth


@dataclass(frozen=True, kw_only=True)
class Post:
    """The post now held, and since when."""

    series: str | None = None
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class VacancyForm:
    """The employer's statement of its posts (岗位信息表), as far as it concerns the case."""

    level: str | None = None
    approved: int | None = None
    employed: int | None = None
    vacant: int | None = None
    offered: int | None = None
    lists_applicant: bool | None = None
    recommended_title: str | None = None
    recommended_series: str | None = None
    seals: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything that the law may be asked about.

    ``named`` holds what is only ever compared, under the names of ``names.py`` or of the
    pack: ``unit.type``, ``unit.owner``, ``person.status`` …
    ``stated_years`` is a requirement that a competent document outside the pack states.
    ``periods`` are the lists of periods that the pack names.
    ``partly`` are the lists of which what is told may not be all: nobody spoke of the rest.
    ``assumes_stated`` says that what is not mentioned is not in question, which is for worked
    examples and the precheck alone.
    Instants carry their time zone; the law reads them in Beijing time.
    """

    submitted_at: datetime | NotMentioned = NOT_MENTIONED
    batch: str | NotMentioned = NOT_MENTIONED
    reference_date: date | NotMentioned = NOT_MENTIONED
    applied: str | NotMentioned = NOT_MENTIONED
    series: str | NotMentioned = NOT_MENTIONED
    education: tuple[Education, ...] | NotMentioned = NOT_MENTIONED
    work: tuple[Work, ...] | NotMentioned = NOT_MENTIONED
    titles: tuple[Title, ...] | NotMentioned = NOT_MENTIONED
    assessments: Mapping[int, str] | NotMentioned = NOT_MENTIONED
    achievements: tuple[Achievement, ...] | NotMentioned = NOT_MENTIONED
    post: Post | NotMentioned | None = NOT_MENTIONED
    vacancy_form: VacancyForm | NotMentioned | None = NOT_MENTIONED
    stated_years: int | NotMentioned = NOT_MENTIONED
    named: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    periods: Mapping[str, tuple[Span, ...]] = field(default_factory=lambda: MappingProxyType({}))
    partly: frozenset[str] = frozenset()
    assumes_stated: bool = True

    def value(self, name: str) -> Value | NotMentioned:
        """The named fact, or ``NOT_MENTIONED``."""
        if name == "level":
            return self.applied
        if name == "series":
            return self.series
        if name == "batch":
            return self.batch
        return self.named.get(name, NOT_MENTIONED)

    def records(self, name: str) -> tuple[Record, ...] | NotMentioned:
        """The entries of a list, or ``NOT_MENTIONED``."""
        match name:
            case "education":
                return self.education
            case "work":
                return self.work
            case "title":
                return self.titles
            case "achievement":
                return self.achievements
            case "assessment":
                if isinstance(self.assessments, NotMentioned):
                    return NOT_MENTIONED
                return tuple(
                    Assessment(year=year, grade=grade) for year, grade in self.assessments.items()
                )
            case _:
                return self.periods.get(name, NOT_MENTIONED)

    def may_lack(self, name: str) -> bool:
        """Whether a list may have further entries, of which nobody spoke."""
        return name in self.partly

    def settled(self, answer: Truth, *, silent: bool) -> Truth:
        """An answer of the law; ``silent`` is what it comes to where nothing is in question."""
        return silent if answer is None and self.assumes_stated else answer

    def with_batch(self, batch: str) -> Facts:
        """The same facts in a batch."""
        return replace(self, batch=batch)
