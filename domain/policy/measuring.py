"""Measuring a requirement of time: how much there is of what counts, and when it is reached.

What is open is measured both ways: it is met, or not met, only if it is so whatever it comes to.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain.policy.computed import Anniversary, Computed, Sum
from domain.policy.periods import NOTHING, Apart, Length, anniversary, days_in, reached, total
from domain.policy.reckoning import Counting, Stretch, stretch_of
from domain.policy.records import NOT_MENTIONED, YEARLY, Education, NotMentioned
from domain.policy.terms import TITLE, Adjustment, Term
from domain.policy.truth import Truth, every

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.when import Recorded


class Measured(NamedTuple):
    """How a requirement stands: what was needed, what there is, and when it is reached.

    ``met`` is None where it turns on facts that are not mentioned: those of ``open_on``.
    ``others`` are the alternatives that were not taken, the nearest first.
    """

    term: Term
    met: Truth
    needed: Length
    had: Length = NOTHING
    reached_on: date | None = None
    computed: tuple[Computed, ...] = ()
    adjusted: tuple[Adjustment, ...] = ()
    several: bool = False
    others: tuple[Measured, ...] = ()
    open_on: frozenset[str] = frozenset()

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
        return taken._replace(others=(*others, *taken.others))
    if term.after == "previous" and previous is None and not isinstance(facts.work, NotMentioned):
        return Measured(term=term, met=False, needed=term.needed)
    answers_to = [(each, *_applies(each, facts, education, context)) for each in term.adjustments]
    adjusted = tuple(each for each, answer, _ in answers_to if answer)
    needed = _needed(term, adjusted, facts)
    start, missing = _milestone(term.after, term, facts, education, previous)
    end, missing_end = _milestone(term.before, term, facts, education, previous)
    counting = _counting(term, context, start, end)
    stretch = stretch_of(term.of, counting, facts, education, context)
    missing |= missing_end
    if not isinstance(stretch, Stretch):
        return Measured(
            term=term, met=None, needed=needed, adjusted=adjusted, open_on=stretch | missing
        )
    if missing >= NEVER:
        stretch, missing = Stretch(periods=(), lasting=False), frozenset()
    if term.until_now:
        stretch = stretch.reaching(min(end or context.reference, context.reference))
    found = _at_best(term, needed, stretch, context)
    found = found._replace(adjusted=adjusted) if adjusted else found
    if facts.assumes_stated:
        return found
    open_ones = [(each, names) for each, answer, names in answers_to if answer is None]
    if not (open_ones or missing or stretch.maybe):
        return found
    return _while_open(found, stretch, open_ones, missing, facts, context)


NEVER = frozenset({"never"})
"""In place of what is missing: the milestone does not exist, so that nothing lies after it."""


def _needed(term: Term, adjusted: Iterable[Adjustment], facts: Facts) -> Length:
    months = term.needed.in_months + sum(each.months * each.times(facts) for each in adjusted)
    return Length.of_months(max(0, months), term.needed.days)


def _at_best(term: Term, needed: Length, stretch: Stretch, context: Context) -> Measured:
    """The requirement put to the periods; where it asks for one piece, to the best of them."""
    if term.unbroken and len(stretch.periods) > 1:
        parts = [_reckoned(term, needed, each, context) for each in stretch.unbroken()]
        return min(parts, key=_preference)
    return _reckoned(term, needed, stretch, context)


def _while_open(
    found: Measured,
    stretch: Stretch,
    open_ones: list[tuple[Adjustment, frozenset[str]]],
    missing: frozenset[str],
    facts: Facts,
    context: Context,
) -> Measured:
    """The same while something is open: met or not met only if it is so whatever it comes to."""
    term, longer, shorter = found.term, found.adjusted, found.adjusted
    for each, _ in open_ones:
        if each.months > 0:
            longer = (*longer, each)
        else:
            shorter = (*shorter, each)
    worst = _at_best(term, _needed(term, longer, facts), stretch, context)
    best = _at_best(term, _needed(term, shorter, facts), stretch.maybe or stretch, context)
    if not missing and worst.met == best.met:
        return found
    open_on = missing | stretch.open_on
    return found._replace(met=None, open_on=open_on.union(*(names for _, names in open_ones)))


def before_education(
    term: Term, facts: Facts, education: Education | None, context: Context
) -> Length | None:
    """What the same kind of time comes to before the education, where that is known."""
    if education is None or education.awarded is None:
        return None
    counting = _counting(term, context, None, education.awarded)
    stretch = stretch_of(term.of, counting, facts, education, context)
    return total(stretch.until(context.reference)) if isinstance(stretch, Stretch) else None


def _reckoned(term: Term, needed: Length, stretch: Stretch, context: Context) -> Measured:
    until_now = stretch.until(context.reference)
    day = reached(stretch.periods, needed, lasting=stretch.lasting)
    met = needed == NOTHING or (day is not None and day <= context.reference)
    had = days_in(until_now) if needed.days else total(until_now)
    shown = stretch.periods and needed != NOTHING
    return Measured(
        term=term,
        met=met,
        needed=needed,
        had=had,
        reached_on=day,
        computed=(_shown(needed, stretch, until_now, had, day),) if shown else (),
        several=len(stretch.periods) > 1,
    )


def _shown(
    needed: Length, stretch: Stretch, until_now: Apart, had: Length, day: date | None
) -> Computed:
    """One unbroken period as its anniversary, several as their sum; days as such."""
    if needed.days:
        return Sum(tuple(days_in((each,)) for each in until_now), had, day)
    if len(stretch.periods) > 1:
        return Sum(tuple(period.length for period in until_now), had, day)
    start = stretch.periods[0].start
    end = anniversary(start, years=needed.years, months=needed.months)
    return Anniversary(start, needed.years, needed.months, end)


def _counting(term: Term, context: Context, start: date | None, end: date | None) -> Counting:
    return Counting(
        where=term.where,
        fact=term.fact,
        start=start,
        end=end,
        counted_from=term.counted_from or context.counted_from,
    )


def _milestone(
    name: str | None,
    term: Term,
    facts: Facts,
    education: Education | None,
    previous: date | None,
) -> tuple[date | None, frozenset[str]]:
    """The day of a milestone; beside it what is missing to know it."""
    if name is None or name == "previous":
        return (previous if name else None), frozenset()
    if name == TITLE:
        return _latest_title(term.title, facts)
    if name in _OF_EDUCATION:
        stated = education.value(_OF_EDUCATION[name]) if education else NOT_MENTIONED
        missing = f"education.{_OF_EDUCATION[name]}"
    else:
        stated, missing = facts.value(name), name
    if isinstance(stated, date):
        return stated, frozenset()
    if isinstance(stated, NotMentioned) or stated:  # of what is there the day may be unsaid
        return None, frozenset() if facts.assumes_stated else frozenset({missing})
    return None, NEVER


_OF_EDUCATION = {"education": "awarded", "diploma": "diploma_on", "degree": "degree_on"}


def _latest_title(like: Recorded | None, facts: Facts) -> tuple[date | None, frozenset[str]]:
    """The day of the latest title that is as it must be; what a title is like may be open."""
    if isinstance(facts.titles, NotMentioned):
        return None, frozenset() if facts.assumes_stated else frozenset({"title"})
    days: list[date | None] = []
    open_on: frozenset[str] = frozenset()
    for title in facts.titles:
        is_like = facts.settled(like.of(title, facts), silent=True) if like else True
        if title.revoked or is_like is False:
            continue
        days.append(title.gained or title.appointed)
        if like is not None and is_like is None:
            open_on |= like.open_in(title, facts)
    if not days:
        return None, NEVER
    known = [day for day in days if day]
    if known or facts.assumes_stated:
        return max(known, default=None), open_on
    return None, open_on | {"title.gained"}


def _applies(
    adjustment: Adjustment, facts: Facts, education: Education | None, context: Context
) -> tuple[Truth, frozenset[str]]:
    """Whether it applies, and what that turns on."""
    applies = adjustment.when.applies(facts)
    if applies is False:
        return False, frozenset()
    open_on = adjustment.when.open_on(facts) if applies is None else frozenset()
    if adjustment.given is not None:
        given = measure(adjustment.given, facts, education, context)
        besides = facts.settled(given.met, silent=False)
        open_on |= given.open_on
    elif adjustment.per_grade and isinstance(facts.assessments, NotMentioned):
        besides = facts.settled(None, silent=False)
        open_on |= {YEARLY}
    else:
        besides = adjustment.times(facts) > 0
    return every((applies, besides)), open_on


def _preference(measured: Measured) -> tuple[int, int, date]:
    """Met first, then what turns on the fewest facts, then what is reached soonest."""
    order = {True: 0, None: 1, False: 2}
    return (order[measured.met], len(measured.open_on), measured.reached_on or date.max)
