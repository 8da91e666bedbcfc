"""Ways of reckoning: which stretches of time a requirement may count.

A pack refers to each by its name (``of = "work"``), or to a list of periods that it names.
A further way is one function here, with its test; the numbers stay in the packs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from domain.policy.context import Context
from domain.policy.facts import Facts
from domain.policy.periods import Apart, Period, without_overlaps
from domain.policy.records import Education, NotMentioned

if TYPE_CHECKING:
    from domain.policy.records import Record
    from domain.policy.truth import Truth
    from domain.policy.when import Recorded

FOREVER = date(9999, 1, 1)
STUDY_TIME = "internship"
"""Practice in the time of study is no work."""


class Counting(NamedTuple):
    """What a requirement says about the time that counts.

    ``where`` is what a record must be like whose time counts, such as work of the specialty or
    the tenure of a level; None for all. ``fact`` names the date since which time counts, where
    it is counted since a date. ``start`` and ``end`` are the milestones between which the time
    must lie; ``counted_from`` is how its days are rounded.
    """

    where: Recorded | None = None
    fact: str | None = None
    start: date | None = None
    end: date | None = None
    counted_from: str = "day"


class Stretch(NamedTuple):
    """The periods that count; those that go on beyond the reference date are ``lasting``.

    ``maybe`` are all that may count, where it is open of some whether they do; ``open_on`` is
    what that turns on.
    """

    periods: Apart
    lasting: bool
    maybe: Stretch | None = None
    open_on: frozenset[str] = frozenset()

    def until(self, reference: date) -> Apart:
        """The periods as they stand at the reference date.

        A period that reaches it counts up to it, whether or not the last day is that day,
        so that leaving on the reference date never beats staying.
        """
        begun = (each for each in self.periods if each.start < reference)
        return tuple(each.clipped(end=reference) for each in begun)

    def unbroken(self) -> tuple[Stretch, ...]:
        """Each unbroken part alone, jobs that adjoin joined; only the last one may go on."""
        joined: list[Period] = []
        for period in self.periods:
            if joined and period.start <= joined[-1].end:
                joined[-1] = Period(joined[-1].start, max(joined[-1].end, period.end))
            else:
                joined.append(period)
        return tuple(
            Stretch(periods=(each,), lasting=self.lasting and each is joined[-1]) for each in joined
        )

    def reaching(self, day: date) -> Stretch:
        """The unbroken part alone that lasts until a day; empty where none does."""
        parts = ((part, part.periods[0]) for part in self.unbroken())
        lasting = (part for part, whole in parts if whole.start < day <= whole.end)
        part = next(lasting, Stretch(periods=(), lasting=False))
        maybe = self.maybe and self.maybe.reaching(day)
        return part._replace(maybe=maybe, open_on=self.open_on)


Way = Callable[[Counting, Facts, Education | None, Context], Stretch | frozenset[str]]
"""Gives the periods that count, or the facts on which that turns."""


def work(
    counting: Counting, facts: Facts, _education: Education | None, context: Context
) -> Stretch | frozenset[str]:
    """Jobs of the kind that counts, between the milestones."""
    if isinstance(facts.work, NotMentioned):
        return frozenset({"work"})
    jobs = (
        (job, _until(job.first_day, job.last_day))
        for job in facts.work
        if job.relation != STUDY_TIME and not (context.needs_evidence and job.evidence is False)
    )
    return _stretch(jobs, counting, facts, context)


def tenure(
    counting: Counting, facts: Facts, _education: Education | None, context: Context
) -> Stretch | frozenset[str]:
    """Time since the appointment to a title of the kind that counts (任职年限)."""
    if isinstance(facts.titles, NotMentioned):
        return frozenset({"title"})
    held = (
        (title, _until(day, None))
        for title in facts.titles
        if not title.revoked and (day := title.appointed or title.gained)
    )
    return _stretch(held, counting, facts, context)


def post(
    counting: Counting, facts: Facts, _education: Education | None, context: Context
) -> Stretch | frozenset[str]:
    """Time in the post now held (现岗位)."""
    if isinstance(facts.post, NotMentioned):
        return frozenset({"post"})
    return _since(facts.post.since if facts.post else None, counting, context)


def station(
    counting: Counting, facts: Facts, education: Education | None, context: Context
) -> Stretch | frozenset[str]:
    """Time in a post-doctoral station (在站时间); a stay that was broken off does not count."""
    if isinstance(facts.education, NotMentioned):
        return frozenset({"education"})
    if education is None or education.entered is None or education.withdrew:
        return Stretch(periods=(), lasting=False)
    return _between([_until(education.entered, education.left)], counting, context)


def since(
    counting: Counting, facts: Facts, _education: Education | None, context: Context
) -> Stretch | frozenset[str]:
    """Time since a named date, such as that of a certificate or of the first insurance."""
    stated = facts.value(counting.fact or "")
    if isinstance(stated, NotMentioned):
        return frozenset({counting.fact or ""})
    return _since(stated if isinstance(stated, date) else None, counting, context)


WAYS: Mapping[str, Way] = {
    "work": work,
    "tenure": tenure,
    "post": post,
    "station": station,
    "since": since,
}
LISTS: Mapping[str, str] = {"work": "work", "tenure": "title"}
"""The list of records whose time a way counts."""


def stretch_of(
    of: str, counting: Counting, facts: Facts, education: Education | None, context: Context
) -> Stretch | frozenset[str]:
    """The time that counts by a way, or by a list of periods that the pack names."""
    if of in WAYS:
        return WAYS[of](counting, facts, education, context)
    listed = facts.periods.get(of)
    if listed is None:
        return frozenset({of})
    spans = ((span, _until(span.first_day, span.last_day)) for span in listed)
    return _stretch(spans, counting, facts, context)


def _until(first_day: date, last_day: date | None) -> Period:
    return Period(first_day, FOREVER if last_day is None else last_day + timedelta(days=1))


def _since(day: date | None, counting: Counting, context: Context) -> Stretch:
    return _between([_until(day, None)] if day else [], counting, context)


def _stretch(
    records: Iterable[tuple[Record, Period]], counting: Counting, facts: Facts, context: Context
) -> Stretch:
    """The time of the records that count, beside the time of those of which that is open."""
    sure: list[Period] = []
    maybe: list[Period] = []
    open_on: frozenset[str] = frozenset()
    for record, period in records:
        answer = _counts(record, counting, facts)
        if answer is None and counting.where is not None:
            open_on |= counting.where.open_in(record, facts)
        if answer is not False:
            maybe.append(period)
        if answer:
            sure.append(period)
    counted = _between(sure, counting, context)
    if not open_on:
        return counted
    return counted._replace(maybe=_between(maybe, counting, context), open_on=open_on)


def _counts(record: Record, counting: Counting, facts: Facts) -> Truth:
    if counting.where is None:
        return True
    return facts.settled(counting.where.of(record, facts), silent=False)


def _between(periods: list[Period], counting: Counting, context: Context) -> Stretch:
    within = (each.clipped(start=counting.start, end=counting.end) for each in periods)
    clipped = without_overlaps(within)
    if counting.counted_from != "day":
        clipped = without_overlaps(begun(clipped, counting.counted_from))
    lasting = bool(clipped) and clipped[-1].end >= context.reference and counting.end is None
    return Stretch(periods=clipped, lasting=lasting)


def begun(periods: Iterable[Period], counted_from: str) -> Iterator[Period]:
    """Each from the day that counts; to change the employer is no new beginning."""
    before: date | None = None
    for each in periods:
        start = begins(each.start, counted_from)
        yield Period(min(start, each.start) if each.start == before else start, each.end)
        before = each.end


def begins(day: date, counted_from: str) -> date:
    """The day from which time is counted: the day itself, or the first of a month or year.

    ``month`` and ``year`` are those of the day, ``next_month`` is the one after it.
    """
    match counted_from:
        case "year":
            return day.replace(month=1, day=1)
        case "month":
            return day.replace(day=1)
        case "next_month":
            return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        case _:
            return day
