"""What is claimed about an applicant and the employer, as the law is asked about it.

A fact that is *not mentioned* is not at issue: conditions on it count as met.
``None``, ``False`` and an empty tuple say that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import Final


class NotMentioned(Enum):
    """The type of ``NOT_MENTIONED``."""

    TOKEN = "not mentioned"  # noqa: S105 -- no secret

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NOT_MENTIONED"


NOT_MENTIONED: Final = NotMentioned.TOKEN

Value = str | int | bool | date | tuple[str, ...] | None
"""What a named fact may be."""


@dataclass(frozen=True, kw_only=True)
class Education:
    """A diploma or degree (学历、学位).

    ``degree`` says whether a degree came with the diploma.
    ``awarded`` is the date of the diploma or degree relied on, the earlier of both where both
    are given. A post-doctoral stay has ``entered`` and, once over, ``left``; ``withdrew`` says
    that it was left without completion (退站).
    """

    level: str
    mode: str | NotMentioned | None = NOT_MENTIONED
    major: str | NotMentioned | None = NOT_MENTIONED
    degree: bool | NotMentioned = NOT_MENTIONED
    awarded: date | None = None
    entered: date | None = None
    left: date | None = None
    withdrew: bool = False

    @property
    def under_way(self) -> bool:
        """Whether it was begun and neither awarded nor left: nothing is gained by it yet."""
        return self.entered is not None and self.awarded is None and self.left is None


@dataclass(frozen=True, kw_only=True)
class Work:
    """A job from ``first_day`` to ``last_day``, both included; open while ``last_day`` is None.

    ``relation`` compares the work with the specialty: ``same``, ``close``, ``professional``
    (professional work of another specialty) or ``other``.
    ``evidence`` is False where earlier work is claimed without any. ``setting`` is where it was
    done in the pack's own words, such as ``乡镇``, where that matters.
    """

    first_day: date
    last_day: date | None = None
    relation: str = "same"
    evidence: bool | NotMentioned = NOT_MENTIONED
    setting: str | None = None


@dataclass(frozen=True, kw_only=True)
class Title:
    """A title already held; ``via`` is how it was gained (认定, 初定, 评审, 考试)."""

    level: str
    series: str | None = None
    via: str | None = None
    gained: date | None = None
    appointed: date | None = None
    revoked: bool = False


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """A claimed achievement under the numbered item of the notice."""

    item: str
    named: Mapping[str, Value] = field(default_factory=dict)


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

    def value(self, name: str) -> Value | NotMentioned:
        """The named fact, or ``NOT_MENTIONED``."""
        if name == "level":
            return self.applied
        if name == "series":
            return self.series
        if name == "batch":
            return self.batch
        if name in {"education.level", "education.mode"}:
            return self._of_education(name)
        return self.named.get(name, NOT_MENTIONED)

    def _of_education(self, name: str) -> Value | NotMentioned:
        """The levels, or the modes that are mentioned, of all education stated."""
        if isinstance(self.education, NotMentioned):
            return NOT_MENTIONED
        if name == "education.level":
            return tuple(each.level for each in self.education)
        modes = tuple(each.mode for each in self.education if isinstance(each.mode, str))
        return modes or NOT_MENTIONED

    def with_batch(self, batch: str) -> Facts:
        """The same facts in a batch."""
        return replace(self, batch=batch)
