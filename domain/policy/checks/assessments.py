"""Assessments of performance (考核): the employer's conclusion, and the yearly grades."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from domain.policy.condition import Finding, unsaid
from domain.policy.records import YEARLY, NotMentioned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.condition import Check
    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.reading import Reader
    from domain.policy.records import Work

MISSING = "ASSESSMENT_MISSING"
BELOW = "ASSESSMENT_BELOW_QUALIFIED"
_GRADED_FROM = 6
"""Months of work in a calendar year from which that year is assessed with a grade."""


@dataclass(frozen=True)
class Concluded:
    """The employer's conclusion for the case must be one of the grades."""

    grades: tuple[str, ...]

    def find(self, facts: Facts, _context: Context) -> Finding:
        """Missing and below are two different refusals."""
        concluded = facts.value("assessment")
        if isinstance(concluded, NotMentioned):
            return unsaid("assessment")
        if concluded is None:
            return Finding(met=False, code=MISSING)
        grade = str(concluded)
        return Finding(
            met=grade in self.grades, facts=(grade,), code=BELOW, specifics={"condition": grade}
        )


@dataclass(frozen=True, kw_only=True)
class YearlyGraded:
    """The yearly grades must be good enough, and so many of the latest must be there.

    ``last`` is how many years are asked for; with 0, where ``since_post`` leaves out years before
    the present post, all of them since then, else only those that are stated.
    Years that cannot exist yet are not asked for, but the case is marked; where all are asked for,
    the year that ended last need not have been assessed yet while an earlier one was.
    """

    grades: tuple[str, ...]
    last: int
    since_post: bool

    def find(self, facts: Facts, context: Context) -> Finding:
        """Look at the latest grades; name the years that lack one or fall short."""
        if isinstance(facts.assessments, NotMentioned):
            return unsaid(YEARLY)
        counted = self._counted(facts.assessments, facts, context)
        stated = dict(sorted(counted.items(), reverse=True)[: self.last or None])
        shown = tuple(f"{year}: {grade}" for year, grade in sorted(stated.items()))
        below = [year for year, grade in stated.items() if grade not in self.grades]
        if below:
            found = "、".join(f"{year}年{stated[year]}" for year in sorted(below))
            return Finding(met=False, facts=shown, code=BELOW, specifics={"condition": found})
        expected = self._expected(facts, context)
        few = len(stated) < self.last
        if few if expected is None else expected - counted.keys():
            return Finding(met=False, facts=shown, code=MISSING)
        flags = (MISSING,) if few else ()
        return Finding(met=True, facts=shown, flags=flags)

    def _counted(
        self, assessments: Mapping[int, str], facts: Facts, context: Context
    ) -> dict[int, str]:
        """The grades since the post; the last so many years are years that are over."""
        since = _post_since(facts) if self.since_post else None
        first = date.min.year if since is None else since.year
        end = context.reference.year if self.last else date.max.year + 1
        return {year: grade for year, grade in assessments.items() if first <= year < end}

    def _expected(self, facts: Facts, context: Context) -> set[int] | None:
        """The latest full years of work that were assessed; None where work is not mentioned."""
        if isinstance(facts.work, NotMentioned):
            return None
        work = facts.work
        since = _in_post_since(facts, work) if self.since_post else date.min
        first = min((job.first_day.year for job in work), default=date.max.year)
        ended = context.reference.year - 1
        assessed = (
            year
            for year in range(ended, first - 1, -1)
            if any(
                _months_in(year, max(j.first_day, since), j.last_day) >= _GRADED_FROM for j in work
            )
        )
        if self.last or not self.since_post:
            return set(islice(assessed, self.last))
        every = set(assessed)
        return every - {ended} or every


def _months_in(year: int, first_day: date, last_day: date | None) -> int:
    start = max(first_day, date(year, 1, 1))
    end = min(last_day or date(year, 12, 31), date(year, 12, 31))
    if end < start:
        return 0
    return end.month - start.month + (1 if start.day == 1 else 0)


def _in_post_since(facts: Facts, work: tuple[Work, ...]) -> date:
    """Since when the present post is held; that of a first title since the latest job began."""
    latest = max((job.first_day for job in work), default=date.max)
    return _post_since(facts) or latest


def _post_since(facts: Facts) -> date | None:
    if not isinstance(facts.post, NotMentioned) and facts.post and facts.post.since:
        return facts.post.since
    if isinstance(facts.titles, NotMentioned):
        return None
    days = (title.appointed for title in facts.titles if not title.revoked)
    return max((day for day in days if day), default=None)


def read_assessment(reader: Reader) -> Check:
    """``with = { grades = ["合格", "优秀"] }``."""
    parameters = reader.needed("with")
    check = Concluded(parameters.texts("grades"))
    parameters.finish()
    return check


def read_assessments(reader: Reader) -> Check:
    """``with = { last = 3, grades = ["合格", "优秀"] }``."""
    parameters = reader.needed("with")
    check = YearlyGraded(
        grades=parameters.texts("grades"),
        last=parameters.number("last", 0),
        since_post=parameters.flag("since_post", default=False),
    )
    parameters.finish()
    return check
