"""The lists of facts: one education, job, title, achievement, assessment, stretch of time each.

A test of the law may ask for one record that is as it says; what a record does not say is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final, Protocol


class NotMentioned(Enum):
    """The type of ``NOT_MENTIONED``."""

    TOKEN = "not mentioned"  # noqa: S105 -- no secret

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NOT_MENTIONED"


NOT_MENTIONED: Final = NotMentioned.TOKEN

ASSESSMENT, YEARLY = "assessment", "assessments"
"""The list of yearly grades in the language, and as a fact: ``assessment`` is the conclusion."""

Value = str | int | bool | date | tuple[str, ...] | None
"""What a named fact may be."""


def said(value: Value) -> str:
    """A value in the words of the language: ``true``, ``none``, several in a row."""
    if isinstance(value, tuple):
        return "、".join(value) or "none"
    if value is None or isinstance(value, bool):
        return {None: "none", True: "true", False: "false"}[value]
    return str(value)


class Record(Protocol):
    """One entry of a list of facts: an education, a job, a title, an achievement."""

    def value(self, name: str) -> Value | NotMentioned:
        """One of its properties; see ``names.RECORDS``."""


def _said(value: Value) -> Value | NotMentioned:
    """A property of a record that is left empty where nobody said it."""
    return NOT_MENTIONED if value is None else value


@dataclass(frozen=True, kw_only=True)
class Education:
    """A diploma or degree (学历、学位).

    ``degree`` says whether a degree came with the diploma; ``diploma_on`` and ``degree_on`` are
    their days where both are told apart.
    ``awarded`` is the date of the diploma or degree relied on, the earlier of both where both
    are given. ``counts_as`` is what it is treated like (视同). A post-doctoral
    stay has ``entered`` and, once over, ``left``; ``withdrew`` says that it was left without
    completion (退站).
    """

    level: str
    mode: str | NotMentioned | None = NOT_MENTIONED
    major: str | NotMentioned | None = NOT_MENTIONED
    degree: bool | NotMentioned = NOT_MENTIONED
    awarded: date | None = None
    entered: date | None = None
    left: date | None = None
    withdrew: bool = False
    diploma_on: date | None = None
    degree_on: date | None = None
    counts_as: str | None = None

    def value(self, name: str) -> Value | NotMentioned:
        """One of its properties; ``completed`` is that a stay was left as completed (出站)."""
        match name:
            case "level":
                return self.counts_as or self.level
            case "mode":
                return self.mode
            case "major":
                return self.major
            case "degree":
                return self.degree
            case "completed":
                return self.left is not None and not self.withdrew
            case "diploma_on":
                return _said(self.diploma_on or (None if self.degree_on else self.awarded))
            case "degree_on":
                return self._degree_on()
            case _:
                return _said(self.awarded)

    def _degree_on(self) -> Value | NotMentioned:
        """The day of the degree: none without one; the diploma's only where one day is told."""
        if self.degree is False:
            return None
        alone = self.degree is True and self.diploma_on is None
        return _said(self.degree_on or (self.awarded if alone else None))

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
    done in the pack's own words, such as ``乡镇``, where that matters. ``professional`` says of
    work of relation ``other`` whether it is professional at all.
    """

    first_day: date
    last_day: date | None = None
    relation: str | NotMentioned = "same"
    evidence: bool | NotMentioned = NOT_MENTIONED
    setting: str | None = None
    professional: bool | NotMentioned = NOT_MENTIONED

    def value(self, name: str) -> Value | NotMentioned:
        """One of its properties; work of which no setting is told was done in none."""
        match name:
            case "relation":
                return self.relation
            case "setting":
                return self.setting
            case "evidence":
                return self.evidence
            case "professional":
                return self.professional if self.relation == "other" else True
            case "from":
                return self.first_day
            case _:
                return self.last_day


@dataclass(frozen=True, kw_only=True)
class Title:
    """A title already held; ``via`` is how it was gained (认定, 初定, 评审, 考试).

    The rest is how it compares with what is applied for, which the law finds itself:
    ``applied`` is ``higher``, ``same`` or ``lower``.
    """

    level: str
    series: str | None = None
    via: str | None = None
    gained: date | None = None
    appointed: date | None = None
    revoked: bool = False
    applied: str | None = None
    other_series: bool | None = None
    higher_degree: bool | None = None

    def value(self, name: str) -> Value | NotMentioned:
        """One of its properties."""
        match name:
            case "level":
                return self.level
            case "series":
                return _said(self.series)
            case "via":
                return _said(self.via)
            case "gained":
                return _said(self.gained)
            case "appointed":
                return _said(self.appointed)
            case "applied":
                return _said(self.applied)
            case "other_series":
                return _said(self.other_series)
            case "higher_degree":
                return _said(self.higher_degree)
            case _:
                return self.revoked


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """A claimed achievement under the numbered item of the notice.

    ``recorded`` says that it was drawn from the person's own record of achievements, ``confirmed``
    that an employer confirmed the entry there: what is claimed of it can say neither.
    """

    item: str
    named: Mapping[str, Value] = field(default_factory=dict)
    recorded: bool | NotMentioned = NOT_MENTIONED
    confirmed: bool | NotMentioned = NOT_MENTIONED

    def value(self, name: str) -> Value | NotMentioned:
        """Its item, where it comes from, or what else is claimed of it."""
        match name:
            case "item":
                return self.item
            case "recorded":
                return self.recorded
            case "confirmed":
                return self.confirmed
            case _:
                return self.named.get(name.removeprefix("achievement."), NOT_MENTIONED)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The grade of one calendar year (年度考核)."""

    year: int
    grade: str

    def value(self, name: str) -> Value | NotMentioned:
        """Its year or its grade."""
        return self.year if name == "year" else self.grade


@dataclass(frozen=True, kw_only=True)
class Span:
    """One entry of a list of periods that the pack names: insured months, a contract, a stay.

    From ``first_day`` to ``last_day``, both included; it goes on while ``last_day`` is None.
    """

    first_day: date
    last_day: date | None = None
    named: Mapping[str, Value] = field(default_factory=dict)

    def value(self, name: str) -> Value | NotMentioned:
        """Its first or last day, or what else is said of it."""
        if name == "from":
            return self.first_day
        return self.last_day if name == "to" else self.named.get(name, NOT_MENTIONED)
