"""A requirement of time: so many years or months of something, after or before something.

``{ years = 3, of = "work", after = "education", relation = ["same"] }``
Alternatives stand under ``any``; a reduction or surcharge under ``adjust``.
``after = "previous"`` begins where the requirement before it was reached, so that a probation
year and the years after it stay apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.policy.computed import Anniversary, Computed, Sum
from domain.policy.facts import Education, Facts, NotMentioned
from domain.policy.match import When, read_when
from domain.policy.periods import NOTHING, Length, Period, anniversary, reached, total
from domain.policy.reckoning import WAYS, Counting, Stretch
from domain.policy.wording import Wording, read_wording
from domain.refusal import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.policy.context import Context
    from domain.policy.reading import Reader

TOLD = frozenset({"needed", "had", "reference", "when"})
RELATIONS = ("same", "close", "professional", "other")
MILESTONES = ("education", "title", "previous")
"""What time may lie after or before; beside these, any named fact that is a date."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """One requirement of time.

    ``around`` says that time before and after the education is added; ``marks_before`` with
    what a case is marked that rests on time before it. ``unbroken`` asks for the time in one
    piece (连续), ``settings`` where the work must have been done.
    """

    needed: Length
    of: str
    fact: str | None
    after: str | None
    before: str | None
    around: bool
    marks_before: str | None
    relations: tuple[str, ...]
    level: str | None
    refuses: Wording
    alternatives: tuple[Term, ...]
    adjustments: tuple[Adjustment, ...]
    settings: tuple[str, ...] = ()
    unbroken: bool = False

    def adjusted_by(self, further: tuple[Adjustment, ...]) -> Term:
        """The same requirement with further reductions or surcharges, also on alternatives."""
        return replace(
            self,
            alternatives=tuple(each.adjusted_by(further) for each in self.alternatives),
            adjustments=(*self.adjustments, *further),
        )


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """A reduction (negative) or surcharge of a requirement, once, under a condition.

    ``given`` is a requirement of time that must itself be met, ``when`` a test of facts.
    ``per_grade``: once for each year that was assessed with one of these grades.
    """

    id: str
    months: int
    given: Term | None
    when: When
    per_grade: tuple[str, ...]
    citations: tuple[Citation, ...]

    def times(self, facts: Facts) -> int:
        """How often it applies: once, or for each such year."""
        if not self.per_grade:
            return 1
        if isinstance(facts.assessments, NotMentioned):
            return 0
        return sum(grade in self.per_grade for grade in facts.assessments.values())


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How a requirement stands: what was needed, what there is, and when it is reached.

    ``met`` is None where it turns on facts that are not mentioned. ``others`` are the
    alternatives that were not taken, the nearest first.
    """

    term: Term
    met: bool | None
    needed: Length
    had: Length = NOTHING
    reached_on: date | None = None
    computed: tuple[Computed, ...] = ()
    adjusted: tuple[Adjustment, ...] = ()
    several: bool = False
    others: tuple[Measured, ...] = ()

    def near(self, reference: date, days: int) -> bool:
        """Whether the boundary lies within so many days of the reference date."""
        return self.reached_on is not None and abs(self.reached_on - reference) <= timedelta(days)


def measure(
    term: Term,
    facts: Facts,
    education: Education | None,
    context: Context,
    previous: date | None = None,
) -> Measured:
    """Measure a requirement at the reference date of the context.

    ``previous`` is the day on which the requirement before it was reached.
    """
    if term.alternatives:
        answers = [measure(each, facts, education, context, previous) for each in term.alternatives]
        taken, *others = sorted(answers, key=_preference)
        return replace(taken, others=(*others, *taken.others))
    if term.after == "previous" and previous is None and not isinstance(facts.work, NotMentioned):
        return Measured(term=term, met=False, needed=term.needed)
    adjusted = tuple(each for each in term.adjustments if _applies(each, facts, education, context))
    months = max(
        0, term.needed.in_months + sum(each.months * each.times(facts) for each in adjusted)
    )
    needed = Length.of_months(months, term.needed.days)
    counting = _counting(term, facts, education, previous)
    stretch = WAYS[term.of](counting, facts, education, context)
    if isinstance(stretch, NotMentioned):
        return Measured(term=term, met=None, needed=needed, adjusted=adjusted)
    if term.unbroken and len(stretch.periods) > 1:
        parts = [_reckoned(term, needed, each, context) for each in stretch.unbroken()]
        return replace(min(parts, key=_preference), adjusted=adjusted)
    return replace(_reckoned(term, needed, stretch, context), adjusted=adjusted)


def before_education(
    term: Term, facts: Facts, education: Education | None, context: Context
) -> Length | None:
    """What the same kind of time comes to before the education, where that is known."""
    if education is None or education.awarded is None:
        return None
    counting = Counting(
        relations=term.relations,
        level=term.level,
        end=education.awarded,
        settings=term.settings,
    )
    stretch = WAYS[term.of](counting, facts, education, context)
    return None if isinstance(stretch, NotMentioned) else total(stretch.until(context.reference))


def _reckoned(term: Term, needed: Length, stretch: Stretch, context: Context) -> Measured:
    until_now = stretch.until(context.reference)
    day = reached(stretch.periods, needed, lasting=stretch.lasting)
    met = needed == Length() or (day is not None and day <= context.reference)
    computed: list[Computed] = []
    if stretch.periods and needed != Length():
        computed.append(_shown(needed, stretch, until_now, day))
    return Measured(
        term=term,
        met=met,
        needed=needed,
        had=total(until_now),
        reached_on=day,
        computed=tuple(computed),
        several=len(stretch.periods) > 1,
    )


def _shown(
    needed: Length, stretch: Stretch, until_now: tuple[Period, ...], day: date | None
) -> Computed:
    """One unbroken period as its anniversary, several as their sum."""
    if len(stretch.periods) > 1:
        return Sum(tuple(period.length for period in until_now), total(until_now), day)
    start = stretch.periods[0].start
    end = anniversary(start, years=needed.years, months=needed.months)
    return Anniversary(start, needed.years, needed.months, end)


def _counting(
    term: Term, facts: Facts, education: Education | None, previous: date | None
) -> Counting:
    days: Mapping[str, date | None] = {
        "education": education.awarded if education else None,
        "title": _latest_title(facts),
        "previous": previous,
    }
    return Counting(
        relations=term.relations,
        level=term.level,
        fact=term.fact,
        start=_milestone(term.after, days, facts),
        end=_milestone(term.before, days, facts),
        settings=term.settings,
    )


def _milestone(name: str | None, days: Mapping[str, date | None], facts: Facts) -> date | None:
    if name is None or name in days:
        return days[name] if name else None
    stated = facts.value(name)
    return stated if isinstance(stated, date) else None


def _latest_title(facts: Facts) -> date | None:
    if isinstance(facts.titles, NotMentioned):
        return None
    days = [title.gained or title.appointed for title in facts.titles if not title.revoked]
    return max((day for day in days if day), default=None)


def _applies(
    adjustment: Adjustment, facts: Facts, education: Education | None, context: Context
) -> bool:
    if adjustment.when.holds(facts) is not True:
        return False
    if adjustment.given is None:
        return adjustment.times(facts) > 0
    return measure(adjustment.given, facts, education, context).met is True


def _preference(measured: Measured) -> tuple[int, date]:
    """Met first, then not at issue, then what is reached soonest."""
    order = {True: 0, None: 1, False: 2}
    return (order[measured.met], measured.reached_on or date.max)


def read_term(reader: Reader) -> Term:
    """Read one requirement of time."""
    alternatives = tuple(_finished(each) for each in reader.each("any"))
    length = Length(reader.number("years", 0), reader.number("months", 0))
    if not alternatives and length == Length():
        reader.fault(
            "years", "a requirement of time needs years or months", "年限须写 years 或 months"
        )
    return Term(
        needed=length,
        of=reader.one_of("of", tuple(WAYS), "work"),
        fact=reader.named_fact("fact") if "fact" in reader else None,
        after=_read_milestone(reader, "after"),
        before=_read_milestone(reader, "before"),
        around=reader.text("around", "") == "education",
        marks_before=reader.maybe_text("marks_before"),
        relations=reader.some_of("relation", RELATIONS, ()),
        level=reader.maybe_text("level"),
        refuses=read_wording(reader, TOLD, "YEARS_SHORT"),
        alternatives=alternatives,
        adjustments=tuple(read_adjustment(each) for each in reader.each("adjust")),
        settings=reader.texts("setting", ()),
        unbroken=reader.flag("unbroken", default=False),
    )


def _read_milestone(reader: Reader, key: str) -> str | None:
    if key not in reader:
        return None
    return key_word if (key_word := reader.text(key)) in MILESTONES else reader.named_fact(key)


def read_adjustment(reader: Reader) -> Adjustment:
    """Read one reduction or surcharge; a reduction has negative years or months."""
    given = reader.inner("if")
    adjustment = Adjustment(
        id=reader.text("id"),
        months=reader.number("years", 0) * 12 + reader.number("months", 0),
        given=_finished(given) if given else None,
        when=read_when(reader),
        per_grade=reader.texts("per_grade", ()),
        citations=reader.citations(),
    )
    reader.finish()
    return adjustment


def _finished(reader: Reader) -> Term:
    term = read_term(reader)
    reader.finish()
    return term
