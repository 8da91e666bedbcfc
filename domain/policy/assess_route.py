"""Putting one route to the facts: which education it rests on, and how its requirements stand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.policy.computed import Anniversary, Computed
from domain.policy.in_words import length_in_words, when_in_words
from domain.policy.measuring import Measured, before_education, measure
from domain.policy.periods import Length, anniversary
from domain.policy.records import Education, NotMentioned
from domain.policy.verdict import Condition, Status
from domain.refusals.sentences_by_code import Words, question
from domain.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy.context import Context
    from domain.policy.facts import Facts
    from domain.policy.routes import Route, Way
    from domain.policy.terms import Term

JUDGED = "MANUAL_JUDGEMENT_NEEDED"
SUM_NEAR_THRESHOLD = "SUM_NEAR_THRESHOLD"


class Taken(NamedTuple):
    """A route put to the facts. ``condition`` explains it; the rest is for the verdict.

    ``measured`` is how each requirement of time stands, in the route's order.
    """

    route: Route
    education: Education | None
    condition: Condition
    required_years: int | None
    total: Length | None
    measured: tuple[Measured, ...] = ()

    @property
    def unmet(self) -> int:
        """How many of its requirements are not met."""
        return sum(each.status is Status.UNMET for each in self.condition.children)

    @property
    def leads_on(self) -> bool:
        """Whether nothing speaks against it."""
        return all(
            each.status in {Status.MET, Status.NOT_AT_ISSUE} for each in self.condition.children
        )

    def preference(self) -> tuple[bool, bool, int, int, date]:
        """Routes that succeed first, those with the fewest open facts before others; the nearest.

        What a human has to judge comes after what succeeds.
        """
        later = [each.next_on for each in self.condition.children if each.next_on]
        manual = self.condition.status is Status.MANUAL
        open_on = frozenset[str]().union(*(each.open_on for each in self.condition.walk()))
        return (self.unmet > 0, manual, len(open_on), self.unmet, max(later, default=date.max))


class Basis(NamedTuple):
    """The education on which a route rests, if it asks for one, and on what that turns."""

    education: Education | None
    open_on: frozenset[str] = frozenset()


def ways(route: Route, facts: Facts) -> Iterator[Basis]:
    """The educations on which a route may rest; one without any where none is in question."""
    wanted = route.education
    if wanted is None:
        yield Basis(None)
        return
    if isinstance(facts.education, NotMentioned):
        yield Basis(None, frozenset() if facts.assumes_stated else frozenset({wanted.list}))
        return
    accepted = [
        Basis(each, wanted.open_in(each, facts) if answer is None else frozenset())
        for each in facts.education
        if route.counts_stay or not each.under_way
        if (answer := facts.settled(wanted.of(each, facts), silent=True)) is not False
    ]
    accepted.sort(key=lambda basis: (basis.education and basis.education.awarded) or date.min)
    for last in range(max(wanted.count, 1), len(accepted) + 1):
        yield _resting_on(accepted[:last], wanted.count)


def _resting_on(several: list[Basis], count: int) -> Basis:
    """The last of several educations, of which ``count`` are asked for: it turns on all of them."""
    *before, last = several
    needed = sorted(before, key=lambda basis: len(basis.open_on))[: max(count, 1) - 1]
    return Basis(last.education, last.open_on.union(*(each.open_on for each in needed)))


def take(way: Way, basis: Basis, facts: Facts, context: Context) -> Taken:
    """Put the way to the facts, resting on this education."""
    route, education = way.route, basis.education
    measured = _measured(way.terms, education, facts, context)
    timed = [
        _time_condition(
            Asking(route, number, context, facts.assumes_stated),
            each,
            _marks(each, education, facts, context),
        )
        for number, each in enumerate(measured)
    ]
    asked = [each.put(facts, context) for each in way.asks]
    if not facts.assumes_stated and (open_on := basis.open_on | route.when.open_on(facts)):
        asked.append(_open_way(route, open_on))
    main = measured[0] if measured else None
    status = _together([*timed, *asked], exceptional=route.exceptional)
    own = (route.chinese, route.english)
    judged = route.exceptional and status is Status.MANUAL
    return Taken(
        route=route,
        education=education,
        condition=Condition(
            id=route.id,
            chinese=route.chinese,
            english=route.english,
            status=status,
            facts=(education.level,) if education else (),
            computed=_chained(measured),
            citations=route.citations,
            refusal=question(JUDGED, route.citations, own) if judged else None,
            flags=route.flags,
            children=(*timed, *asked),
        ),
        required_years=_required(measured) if measured else None,
        total=main.had if main and main.met is not None else None,
        measured=tuple(measured),
    )


def _open_way(route: Route, open_on: frozenset[str]) -> Condition:
    """That it is open whether the route is there at all."""
    return Condition(
        id=f"{route.id}.open",
        chinese=f"{route.chinese}：是否符合待定",
        english=f"{route.english}: open whether it is",
        status=Status.OPEN,
        citations=route.citations,
        open_on=open_on,
    )


def _measured(
    terms: tuple[Term, ...], education: Education | None, facts: Facts, context: Context
) -> list[Measured]:
    """Each requirement in order, the next from where the one before it was reached."""
    found: list[Measured] = []
    for term in terms:
        previous = found[-1].reached_on if found else None
        found.append(measure(term, facts, education, context, previous))
    return found


def _marks(
    measured: Measured, education: Education | None, facts: Facts, context: Context
) -> tuple[str, ...]:
    """What the case is marked with: a sum near its boundary, time before the diploma."""
    close = measured.several and measured.near(context.reference, context.sum_margin_days)
    marks: tuple[str, ...] = (SUM_NEAR_THRESHOLD,) if close else ()
    if measured.term.marks_before:
        before = before_education(measured.term, facts, education, context)
        marks += (measured.term.marks_before,) if before else ()
    return marks


class Asking(NamedTuple):
    """Where a requirement of time stands, and what it is asked under."""

    route: Route
    number: int
    context: Context
    assumes_stated: bool


def _time_condition(asking: Asking, measured: Measured, marks: tuple[str, ...]) -> Condition:
    route, number, context, assumes_stated = asking
    needed = length_in_words(measured.needed)
    citations = (*route.citations, *(c for each in measured.adjusted for c in each.citations))
    status = Status.MET
    if measured.met is None:
        status = Status.OPEN if measured.open_on and not assumes_stated else Status.NOT_AT_ISSUE
    refused = None
    if measured.met is False:
        status = Status.UNMET
        words: dict[str, Words] = {
            "needed": needed,
            "had": length_in_words(measured.had),
            "reference": context.reference.isoformat(),
            "when": when_in_words(measured.reached_on),
        }
        refused = measured.term.refuses.refusal(citations, words)
    return Condition(
        id=f"{route.id}.{number}",
        term=measured.term,
        chinese=f"满{needed[0]}",
        english=f"{needed[1]} reached",
        status=status,
        facts=(f"{measured.had}",) if measured.met is not None else (),
        computed=measured.computed,
        citations=citations,
        refusal=refused,
        flags=marks,
        borderline=measured.near(context.reference, context.borderline_days),
        next_on=measured.reached_on if measured.met is False else None,
        open_on=measured.open_on if status is Status.OPEN else frozenset(),
        children=tuple(
            replace(
                _time_condition(asking, other, ()),
                id=f"{route.id}.{number}.{place}",
                binding=False,
            )
            for place, other in enumerate(measured.others)
        ),
    )


def _together(conditions: list[Condition], *, exceptional: bool) -> Status:
    for worst in (Status.UNMET, Status.UNKNOWN, Status.OPEN, Status.MANUAL):
        if any(each.status is worst for each in conditions):
            return worst
    return Status.MANUAL if exceptional else Status.MET


def _required(measured: list[Measured]) -> int:
    """The years that the route asks for in all; requirements in a row are added."""
    months = measured[0].needed.in_months
    for each in measured[1:]:
        if each.term.after == "previous":
            months += each.needed.in_months
    return months // 12


def _chained(measured: list[Measured]) -> tuple[Computed, ...]:
    """Requirements in a row over one unbroken job, as one anniversary."""
    row = (
        [measured[0], *(m for m in measured[1:] if m.term.after == "previous")] if measured else []
    )
    if len(row) < 2 or any(m.several or not m.computed for m in row):  # noqa: PLR2004 -- a row
        return ()
    first = row[0].computed[-1]
    if not isinstance(first, Anniversary):
        return ()
    months = sum(each.needed.in_months for each in row)
    whole = Length.of_months(months)
    return (
        Anniversary(
            first.start, whole.years, whole.months, anniversary(first.start, months=months)
        ),
    )


def years_before(taken: Taken, facts: Facts, context: Context) -> Length | None:
    """The time before the education that the route counts, where it counts any."""
    if not taken.measured:
        return None
    main = taken.measured[0].term
    if main.around:
        return before_education(main, facts, taken.education, context)
    given = [each.given for each in taken.route.terms[0].adjustments if each.given]
    return before_education(given[0], facts, taken.education, context) if given else None
