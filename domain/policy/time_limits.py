"""Whether an act is in time along the way of a case, and on its way on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.policy import admission, places
from domain.policy.admission import PUBLISHED, Timeliness
from domain.policy.windows import ARRIVAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from domain.calendar import Calendar
    from domain.policy.admission import Admission
    from domain.policy.facts import Facts
    from domain.policy.places import PaperLeg
    from domain.policy.silent import Silent
    from domain.policy.windows import Held, Window


def along(
    every: Mapping[str, Window],
    elsewhere: Collection[Silent],
    who: str,
    chain: Sequence[str],
    at: datetime,
    facts: Facts,
    *,
    held: Collection[Held] = (),
    calendar: Calendar = PUBLISHED,
) -> Admission:
    """Whether an act of the applicant or of a stage is in time; ``chain`` are the stages in order.

    A window on the arrival at the next stage binds the stage before it; once it has closed
    on a stage further ahead, nothing that is done before that stage can be in time.
    A stage acts in the windows of the batch of the case, where that is known.
    """
    batch = facts.batch if who in chain and isinstance(facts.batch, str) else None

    def asked(bound: str) -> Admission:
        return admission.admission(
            every.values(),
            elsewhere,
            bound,
            at,
            facts,
            batch=batch,
            held=held,
            calendar=calendar,
        )

    following = chain.index(who) + 1 if who in chain else 0
    ahead = [ARRIVAL + stage for stage in chain[following:]]
    answers = [asked(each) for each in (who, *ahead[:1])]
    further = [asked(each) for each in ahead[1:]]
    missed = [each for each in further if each.timeliness is Timeliness.CLOSED]
    return admission.strictest([*answers, *missed])


def paper(legs: Iterable[PaperLeg], leg: int, at: datetime, facts: Facts) -> Admission:
    """Whether a hand-over of paper is in time; ``legs`` are those of the case."""
    own = [each for each in legs if each.leg == leg]
    bound = f"paper:{leg}"
    unset = [each for each in own if each.opens is None and each.closes is None]
    if unset:
        return admission.undetermined(bound, unset[0].citations)
    open_in = [places.window_of(each, bound) for each in own]
    return admission.admission(open_in, (), bound, at, facts)


def opened(every: Iterable[Window], days: Mapping[str, date]) -> dict[str, Window]:
    """The windows by their ids, open to the end of later days where some are named."""
    return {each.id: each.open_until(days[each.id]) if each.id in days else each for each in every}
