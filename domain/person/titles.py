"""Titles (职称) of a person: gained and lost by cases, or reported by a unit that evaluates itself.

The law of compatibility stands in ``domain.event``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.event import Event
from domain.personal import Personal


@dataclass(frozen=True, kw_only=True)
class TitleGained(Event, topic="person:title-gained:1", chinese="取得职称"):
    """The person gained a title (取得职称).

    ``case`` is where: a case, or the report of the self-evaluating unit that gave it.
    """

    case: str
    series: str
    specialty: str
    level: str
    label: str
    gained_on: date


@dataclass(frozen=True, kw_only=True)
class TitleReported(Event, topic="person:title-reported:1", chinese="报送自主评聘职称"):
    """A self-evaluating unit reported a title that it gave by itself (自主评聘); not held yet.

    ``document`` is the unit's own (文号), ``label`` how the person gained it.
    """

    report: str
    organisation: str
    series: str
    specialty: str
    level: str
    label: str
    gained_on: date
    document: str


@dataclass(frozen=True, kw_only=True)
class UnitsTitle:
    """A title as a self-evaluating unit gave it, by a document of its own (文号)."""

    series: str
    specialty: str
    level: str
    label: str
    gained_on: date
    document: str


@dataclass(frozen=True, kw_only=True)
class TitleCorrectionReported(
    Event, topic="person:title-correction-reported:1", chinese="报送职称更正"
):
    """The unit reported what its confirmed report should have said; it counts once confirmed.

    ``report`` is this one, ``corrects`` the one that was wrong; ``title`` is None where the unit
    never gave any.
    """

    report: str
    corrects: str
    organisation: str
    title: UnitsTitle | None
    reason: Personal


@dataclass(frozen=True, kw_only=True)
class ReportConfirmed(Event, topic="person:title-report-confirmed:1", chinese="确认自主评聘职称"):
    """Another person of the unit confirmed its report: what it says holds from here on."""

    report: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class TitleLost(Event, topic="person:title-revoked:1", chinese="职称被撤销"):
    """A title of the person was revoked for misconduct; ``revoked_on`` is the day in Beijing."""

    case: str
    investigation: str
    revoked_on: date


@dataclass(frozen=True, kw_only=True)
class TitleRestored(Event, topic="person:title-restored:1", chinese="经复核恢复职称"):
    """A revocation was annulled, and the title is the person's again."""

    case: str
    investigation: str


@dataclass(frozen=True, kw_only=True)
class TitleRescinded(Event, topic="person:title-rescinded:1", chinese="职称认定纠错撤回"):
    """The recognition of a title was rescinded as a slip, before any certificate (纠错撤回).

    Or what a self-evaluating unit had reported of it was corrected (``case`` is its report).
    ``rescinded_on`` is the day in Beijing.
    """

    case: str
    rescinded_on: date


class TitleState(StrEnum):
    """What became of a title."""

    HELD = "held"
    REVOKED = "revoked"
    """Taken away for misconduct: it was held until then."""
    RESCINDED = "rescinded"
    """Recognised by a slip, which was taken back: it never was one."""


@dataclass(frozen=True)
class Title:
    """A title on this record, of a case or of a unit's report; ``label`` is how (认定, 初定, …).

    ``lost_on`` is the day in Beijing since which it is revoked or rescinded.
    """

    case: str
    series: str
    specialty: str
    level: str
    label: str
    gained_on: date
    state: TitleState = TitleState.HELD
    lost_on: date | None = None

    @property
    def report(self) -> str | None:
        """The unit's report of which it is; None of a case's."""
        return self.case if self.case.startswith("report-") else None


@dataclass(frozen=True)
class Report:
    """A title that a self-evaluating unit reported, and ``by`` whom.

    ``corrects`` is the report that it corrects, whose title is then rescinded; ``title`` and
    ``document`` are None where the unit never gave any.
    """

    report: str
    organisation: str
    by: str
    document: str | None
    title: Title | None
    corrects: str | None = None


def units_title(report: str, given: UnitsTitle) -> Title:
    """The title that a unit's report tells of."""
    return Title(report, given.series, given.specialty, given.level, given.label, given.gained_on)


def title_of(event: TitleGained) -> Title:
    """What is remembered of a title."""
    return Title(
        event.case, event.series, event.specialty, event.level, event.label, event.gained_on
    )
