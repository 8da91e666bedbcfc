"""Ways of reckoning: which stretches of time a requirement may count.

A pack refers to each by its name (``of = "work"``). A further way is one function here,
with its test; the numbers stay in the packs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.policy.context import Context
from domain.policy.facts import NOT_MENTIONED, Education, Facts, NotMentioned, Work
from domain.policy.periods import Period, without_overlaps

FOREVER = date(9999, 1, 1)
STUDY_TIME = "internship"
"""Practice in the time of study is no work."""


@dataclass(frozen=True, kw_only=True)
class Counting:
    """What a requirement says about the time that counts.

    ``relations`` are the relations to the specialty that count, ``settings`` where the work was
    done, both empty for all;
    ``level`` is the title whose tenure counts, where tenure is asked for; ``fact`` names the
    date since which time counts, where it is counted since a date.
    ``start`` and ``end`` are the milestones between which the time must lie.
    """

    relations: tuple[str, ...] = ()
    level: str | None = None
    fact: str | None = None
    start: date | None = None
    end: date | None = None
    settings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """The periods that count; those that go on beyond the reference date are ``lasting``."""

    periods: tuple[Period, ...]
    lasting: bool

    def until(self, reference: date) -> tuple[Period, ...]:
        """The periods as they stand at the reference date.

        A period that reaches it counts up to it, whether or not the last day is that day,
        so that leaving on the reference date never beats staying.
        """
        return without_overlaps(period.clipped(end=reference) for period in self.periods)

    def unbroken(self) -> tuple[Stretch, ...]:
        """Each unbroken part alone, jobs that adjoin joined; only the last one may go on."""
        joined: list[Period] = []
        for period in self.periods:
            if joined and period.start <= joined[-1].end:
                joined[-1] = Period(joined[-1].start, max(joined[-1].end, period.end))
            else:
                joined.append(period)
        return tuple(
            Stretch((each,), lasting=self.lasting and each is joined[-1]) for each in joined
        )


Way = Callable[[Counting, Facts, Education | None, Context], Stretch | NotMentioned]


def work(
    counting: Counting, facts: Facts, _education: Education | None, context: Context
) -> Stretch | NotMentioned:
    """Jobs with the relations that count, between the milestones."""
    if isinstance(facts.work, NotMentioned):
        return NOT_MENTIONED
    counted = [
        _until(job.first_day, job.last_day) for job in facts.work if _counts(job, counting, context)
    ]
    return _stretch(counted, counting, context)


def tenure(
    counting: Counting, facts: Facts, _education: Education | None, context: Context
) -> Stretch | NotMentioned:
    """Time since the appointment to a title of the level (任职年限)."""
    if isinstance(facts.titles, NotMentioned):
        return NOT_MENTIONED
    since = [
        title.appointed or title.gained
        for title in facts.titles
        if title.level == counting.level and not title.revoked
    ]
    return _stretch([_until(day, None) for day in since if day], counting, context)


def post(
    counting: Counting, facts: Facts, _education: Education | None, context: Context
) -> Stretch | NotMentioned:
    """Time in the post now held (现岗位)."""
    if isinstance(facts.post, NotMentioned):
        return NOT_MENTIONED
    since = facts.post.since if facts.post else None
    return _stretch([_until(since, None)] if since else [], counting, context)


def station(
    counting: Counting, facts: Facts, education: Education | None, context: Context
) -> Stretch | NotMentioned:
    """Time in a post-doctoral station (在站时间); a stay that was broken off does not count."""
    if isinstance(facts.education, NotMentioned):
        return NOT_MENTIONED
    if education is None or education.entered is None or education.withdrew:
        return Stretch((), lasting=False)
    return _stretch([_until(education.entered, education.left)], counting, context)


def since(
    counting: Counting, facts: Facts, _education: Education | None, context: Context
) -> Stretch | NotMentioned:
    """Time since a named date, such as that of a certificate or of the first insurance."""
    stated = facts.value(counting.fact) if counting.fact else NOT_MENTIONED
    if isinstance(stated, NotMentioned):
        return NOT_MENTIONED
    begun = [_until(stated, None)] if isinstance(stated, date) else []
    return _stretch(begun, counting, context)


WAYS: Mapping[str, Way] = {
    "work": work,
    "tenure": tenure,
    "post": post,
    "station": station,
    "since": since,
}


def _counts(job: Work, counting: Counting, context: Context) -> bool:
    if job.relation == STUDY_TIME:
        return False
    if context.needs_evidence and job.evidence is False:
        return False
    if counting.settings and job.setting not in counting.settings:
        return False
    return not counting.relations or job.relation in counting.relations


def _until(first_day: date, last_day: date | None) -> Period:
    return Period(first_day, FOREVER if last_day is None else last_day + timedelta(days=1))


def _stretch(periods: list[Period], counting: Counting, context: Context) -> Stretch:
    begun = (Period(_begins(period.start, context), period.end) for period in periods)
    clipped = without_overlaps(
        period.clipped(start=counting.start and _begins(counting.start, context), end=counting.end)
        for period in begun
    )
    lasting = bool(clipped) and clipped[-1].end >= context.reference and counting.end is None
    return Stretch(clipped, lasting)


def _begins(day: date, context: Context) -> date:
    """The day from which time is counted: the day itself, or the first of its month or year."""
    if context.counted_from == "year":
        return day.replace(month=1, day=1)
    return day.replace(day=1) if context.counted_from == "month" else day
