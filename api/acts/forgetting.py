"""Erasing what somebody handed in: proposed by one officer, ordered by another.

The keys of the words and of every file are destroyed by ``api.jobs.eraser`` as the order says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.access import Act
from api.problems import Problem
from domain import beijing
from domain.investigation.events import InvestigationOpened
from domain.objection.erasing import Resting, order_erasure, propose_erasure
from domain.objection.officers import complaint_objections, officer_objections
from domain.personal import Personal, Purpose
from domain.policy.periods import anniversary
from domain.separation import INTEGRITY_HANDLER, INTEGRITY_LEADER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from api.acts.acting import Acting
    from api.acts.answer import Answer
    from api.acts.complaining import Complaining
    from api.acts.deliberation import Deliberation
    from api.acts.desk import Desk
    from api.acts.settling import Settling
    from api.law.book import LawBook
    from domain.case.circumstances import Circumstances
    from domain.case.state import Case
    from domain.investigation.state import Investigation
    from domain.objection.kept import Kept, KeptEvent
    from domain.refusal import Refusal

    Decide = Callable[[Kept, list[Refusal], Resting, Circumstances], KeptEvent]


class Forgetting:
    """The use cases of the two integrity officers around erasing what was handed in."""

    def __init__(
        self, desk: Desk, laws: LawBook, settling: Settling, complaining: Complaining
    ) -> None:
        self._desk = desk
        self._laws = laws
        self._settling = settling
        self._complaining = complaining

    def propose(self, acting: Acting, stream: str, basis: str, reason: str) -> Answer:
        """The integrity handler proposes it, on a legal basis."""
        said = Personal(reason, stream, Purpose.OBJECTION)
        return self._act(
            acting,
            stream,
            INTEGRITY_HANDLER,
            lambda kept, unfit, resting, around: propose_erasure(
                kept, basis, said, unfit, resting, around
            ),
        )

    def order(self, acting: Acting, stream: str, decision: str) -> Answer:
        """The integrity leader orders it under a numbered decision; the event names the keys."""
        return self._act(
            acting,
            stream,
            INTEGRITY_LEADER,
            lambda kept, unfit, resting, around: order_erasure(
                kept, decision, unfit, resting, around
            ),
        )

    def _act(self, acting: Acting, stream: str, seat: str, decide: Decide) -> Answer:
        def think(deliberation: Deliberation) -> None:
            case, unfit, around = self._fit(acting, deliberation, stream, seat)
            kept = deliberation.kept(stream)
            if kept is None:
                raise Problem("NOT_FOUND")
            resting = self._resting(deliberation, kept, case, around)
            deliberation.write(stream, decide(kept, unfit, resting, around))

        return self._desk.act(acting, think, named=stream)

    def _fit(
        self, acting: Acting, deliberation: Deliberation, stream: str, seat: str
    ) -> tuple[Case | None, list[Refusal], Circumstances]:
        """The case that it is about, and why the caller may not deal with it, if so."""
        if stream.startswith("objection-"):
            known, case, around = self._settling.both(acting, deliberation, stream, Act.ERASE_WORDS)
            return case, officer_objections(case, known.objector, (seat,), around), around
        complaint, around = self._complaining.both(acting, deliberation, stream, Act.ERASE_WORDS)
        about = None if complaint.case is None else deliberation.case(complaint.case)
        return about, complaint_objections(about, (seat,), around), around

    def _resting(
        self, deliberation: Deliberation, kept: Kept, case: Case | None, around: Circumstances
    ) -> Resting:
        """What still rests on it, on the day of the act."""
        law = self._laws.for_area(around.organisation.area)
        law = law if case is None else self._laws.of(case.law)
        years = law.retention().years
        kept_until: date | None = None
        if years is not None and kept.ended_at is not None:
            kept_until = anniversary(beijing.day(kept.ended_at), years=years)
        if case is None:
            return Resting(kept_until=kept_until)
        circle = deliberation.circle(case.applicant)
        led_to = tuple(_led_to(deliberation, kept.stream, case))
        return Resting(
            case_open=case.is_open,
            matters=tuple(
                each.investigation for each in led_to if each.ended is None or each.review_open
            ),
            record_active=bool(led_to)
            and any(person.active_entries(around.today) for person in circle),
            held=any(person.holds for person in circle),
            kept_until=kept_until,
        )


def _led_to(deliberation: Deliberation, stream: str, case: Case) -> Iterator[Investigation]:
    """The investigations of the case that rest on an objection or complaint."""
    named = set(case.investigations)
    taken_up = deliberation.complaint(stream)
    if taken_up is not None and taken_up.investigation is not None:
        named.add(taken_up.investigation)
    for each in sorted(named):
        opened = deliberation.history(each).events[0]
        if isinstance(opened, InvestigationOpened) and opened.source == stream:
            known = deliberation.investigation(each)
            if known is not None:
                yield known
